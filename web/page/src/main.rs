//! The page. See ARCHITECTURE.md.

mod app;
mod browser;
mod diagram;
mod effects;
#[cfg(any(test, feature = "fixture"))]
mod fixture;
mod panes;
mod state;
mod widgets;
mod worker;

fn main() {
    yew::Renderer::<app::App>::new().render();
}

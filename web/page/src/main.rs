//! The page. See ARCHITECTURE.md.

mod worker;

use retort_protocol::{Reply, Request, frame};
use worker::{Heard, Worker};
use yew::{Component, Context, Html, html};

struct Page {
    worker: Worker,
    said: String,
}

impl Component for Page {
    type Message = Heard;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        Self {
            worker: Worker::start(move |heard| link.send_message(heard)),
            said: "The engine is loading …".to_owned(),
        }
    }

    fn update(&mut self, _: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Reply { id: frame::UNASKED, .. } => self.worker.send(1, &Request::Stop),
            Heard::Reply { reply: Reply::Refused(trouble), .. } => self.said = trouble.title,
            Heard::Lost(text) => self.said = text,
            Heard::Reply { .. } => {}
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! { <main><h1>{ "Retort" }</h1><p role="status">{ &self.said }</p></main> }
    }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}

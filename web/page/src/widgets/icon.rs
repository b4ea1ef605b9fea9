//! The page's few pictures. They are drawn once, in a sprite, and used by name.

use yew::{Html, html};

const SHAPES: &[(&str, &str)] = &[
    ("i-prev", "M11.5 3.2v9.6a.6.6 0 0 1-.95.5L4 8.5a.6.6 0 0 1 0-1l6.55-4.8a.6.6 0 0 1 .95.5Z"),
    ("i-next", "M4.5 3.2v9.6a.6.6 0 0 0 .95.5L12 8.5a.6.6 0 0 0 0-1L5.45 2.7a.6.6 0 0 0-.95.5Z"),
    ("i-prev-rev", "M13 3.2v9.6a.6.6 0 0 1-.95.5L5.5 8.5V13H3.8V3h1.7v4.5l6.55-4.8a.6.6 0 0 1 .95.5Z"),
    ("i-next-rev", "M3 3.2v9.6a.6.6 0 0 0 .95.5l6.55-4.8V13h1.7V3h-1.7v4.5L3.95 2.7A.6.6 0 0 0 3 3.2Z"),
    ("i-check", "m3.5 8.5 3 3 6-7"),
    ("i-cross", "m4 4 8 8M12 4l-8 8"),
    ("i-alert", "M8 2.2 14.3 13.3H1.7L8 2.2ZM8 6.5v3M8 11.4v.1"),
    ("i-right", "m6 3.5 4.5 4.5L6 12.5"),
    ("i-down", "m4 6 4 4 4-4"),
    ("i-share", "M8 10V2M5 4.8 8 2l3 2.8M4 7.5H3v6h10v-6h-1"),
    (
        "i-link",
        "M6.7 9.3a2.7 2.7 0 0 0 3.9 0l2-2a2.7 2.7 0 0 0-3.9-3.9l-.7.7M9.3 6.7a2.7 2.7 0 0 0-3.9 0l-2 2a2.7 2.7 0 0 0 3.9 3.9l.7-.7",
    ),
    ("i-text", "M3 4h10M3 8h10M3 12h6"),
    ("i-zip", "M8 2.5v7M5 7l3 3 3-3M2.5 11v2.5h11V11"),
    (
        "i-db",
        "M13 4v8c0 1.1-2.2 2-5 2s-5-.9-5-2V4M3 4c0 1.1 2.2 2 5 2s5-.9 5-2-2.2-2-5-2-5 .9-5 2ZM3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
    ),
    ("i-folder", "M2 4.5V12a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H8L6.5 3.5H3a1 1 0 0 0-1 1Z"),
    ("i-undo", "M6 3 3 6l3 3M3.4 6H9a4 4 0 0 1 0 8H6.5"),
    ("i-redo", "M10 3l3 3-3 3M12.6 6H7a4 4 0 0 0 0 8h2.5"),
    ("i-plus", "M8 3.5v9M3.5 8h9"),
    ("i-pen", "m3 13 .7-3L10.5 3.2l2.3 2.3L6 12.3 3 13Z"),
    ("i-bin", "M3 4.5h10M6.5 4V2.8h3V4M4.3 4.5l.6 8.7h6.2l.6-8.7M6.7 7v3.8M9.3 7v3.8"),
    (
        "i-sun",
        "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
    ),
    ("i-moon", "M13 9.3A5.5 5.5 0 0 1 6.7 3 5.5 5.5 0 1 0 13 9.3Z"),
];

/// The sprite; once in the page.
pub(crate) fn sprite() -> Html {
    let shape = |(id, path): &(&'static str, &'static str)| {
        html! { <symbol id={*id} viewBox="0 0 16 16"><path d={*path}/></symbol> }
    };
    html! {
        <svg class="sprite" aria-hidden="true">
            { for SHAPES.iter().map(shape) }
            <symbol id="i-half" viewBox="0 0 16 16">
                <circle cx="8" cy="8" r="5.5"/>
                <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor"/>
            </symbol>
        </svg>
    }
}

/// A picture drawn with a line.
pub(crate) fn line(name: &'static str) -> Html {
    drawn("icon", name)
}

/// A picture filled.
pub(crate) fn solid(name: &'static str) -> Html {
    drawn("icon icon--solid", name)
}

/// A warning among words.
pub(crate) fn warn() -> Html {
    drawn("icon warn", "i-alert")
}

fn drawn(class: &'static str, name: &'static str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={format!("#{name}")}/></svg> }
}

/// The page's mark.
pub(crate) fn brand() -> Html {
    html! {
        <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true">
            <path d="M2.9 8.6A5.4 5.4 0 1 0 12.2 9.2C13.6 10.6 14.8 13.6 16.2 16.4L18.6 14.9C15.6 10.4 14.2 5 10.2 3.9C6.9 3 4.1 5.2 2.9 8.6Z"/>
            <path d="M3.2 12.4A4.2 4.2 0 0 0 11.4 12.4Z" fill="currentColor" stroke="none"/>
        </svg>
    }
}

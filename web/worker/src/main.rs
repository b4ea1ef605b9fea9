//! The engine in its worker: frames in, frames out.

mod port;

use retort_protocol::files::Trouble;
use retort_protocol::{Reply, Request};

fn main() {
    port::serve(answer);
}

fn answer(number: u32, _: Request) {
    let trouble = Trouble { title: "The engine is not in this build".into(), ..Trouble::default() };
    port::say(number, &Reply::Refused(trouble));
}

//! The engine in its worker: frames in, frames out.

mod port;

use retort_protocol::{Reply, Request};

fn main() {
    port::serve(answer);
}

fn answer(request: Request) -> Reply {
    match request {
        Request::Echo(text) => Reply::Echo(text),
    }
}

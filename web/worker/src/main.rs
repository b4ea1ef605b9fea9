//! The engine in its worker: frames in, frames out, and slices of work between them.

mod port;

use retort_protocol::Request;
use retort_worker::workbench::Workbench;
use retort_worker::workbench::source::Now;
use std::cell::RefCell;
use std::rc::Rc;

fn main() {
    retort::python::later::fetch_by(port::load_later);
    let bench = Rc::new(RefCell::new(Workbench::new(now())));
    let turns = port::Turns::new({
        let bench = Rc::clone(&bench);
        move || turn(&bench)
    });
    port::serve(move |number, request| hear(&bench, &turns, number, request));
}

fn hear(bench: &RefCell<Workbench>, turns: &port::Turns, number: u32, request: Request) {
    bench.borrow_mut().ask(number, request);
    send(bench);
    turns.wake();
}

/// One turn; says whether there is more to do.
fn turn(bench: &RefCell<Workbench>) -> bool {
    let more = bench.borrow_mut().turn();
    send(bench);
    more
}

fn send(bench: &RefCell<Workbench>) {
    for (number, reply) in bench.borrow_mut().take_said() {
        port::say(number, &reply);
    }
}

/// The browser's clock and randomness, from which a project's own begin.
fn now() -> Now {
    let seed = (js_sys::Math::random() * f64::from(u32::MAX)).to_bits() ^ js_sys::Date::now().to_bits();
    Now { clock: (js_sys::Date::now() * 1000.0) as i64, seed }
}

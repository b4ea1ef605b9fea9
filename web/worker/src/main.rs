//! The engine in its worker: frames in, frames out, and slices of work between them.

mod port;

use retort_protocol::{Reply, Request, frame};
use retort_worker::workbench::Workbench;
use retort_worker::workbench::source::Now;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

fn main() {
    retort::python::later::fetch_by(port::load_later);
    let bench = Rc::new(RefCell::new(Workbench::new(now())));
    let turns = Rc::new_cyclic(|turns: &Weak<port::Turns>| {
        let (bench, turns, mut asked) = (Rc::clone(&bench), Weak::clone(turns), false);
        port::Turns::new(move || {
            let more = turn(&bench);
            if bench.borrow().wants_server() && !std::mem::replace(&mut asked, true) {
                bring_server(&bench, &turns);
            }
            more
        })
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

/// PostgreSQL is fetched once; everything that needs it waits.
fn bring_server(bench: &Rc<RefCell<Workbench>>, turns: &Weak<port::Turns>) {
    let told = |done: f64, of: f64| {
        let doing = "Fetching PostgreSQL".to_string();
        port::say(frame::UNASKED, &Reply::Progress { doing, done: done as u64, of: Some(of as u64) });
    };
    let (bench, turns) = (Rc::clone(bench), Weak::clone(turns));
    port::bring_postgresql(told, move |came| {
        bench.borrow_mut().server_came(came);
        port::say(frame::UNASKED, &Reply::Fetched);
        turns.upgrade().into_iter().for_each(|turns| turns.wake());
    });
}

fn send(bench: &RefCell<Workbench>) {
    for (number, reply) in bench.borrow_mut().take_said() {
        port::say(number, &reply);
    }
}

/// The browser's clock and randomness, from which a project's own begin.
fn now() -> Now {
    let seed = (js_sys::Math::random() * f64::from(u32::MAX)).to_bits() ^ js_sys::Date::now().to_bits();
    Now { clock: (js_sys::Date::now() * 1000.0) as i64, seed, server: Rc::default() }
}

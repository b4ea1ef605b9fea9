//! The project's first rows go in at their place, whoever passes by.

use super::Visitor;
use retort_protocol::Request;
use retort_protocol::request::Travel;

#[test]
fn a_command_that_passes_through_puts_the_first_rows_in_after_their_revision() {
    let mut visitor = Visitor::opened("seller-shipment");
    for _ in 0..2 {
        visitor.types("alembic downgrade base");
        assert!(visitor.scene.timeline.at_base);
        visitor.types("alembic upgrade head").shown("The rows of seed.sql were put in.");
        visitor.rows("seller", 4, 0);
        visitor.types("SELECT count(email), min(weight_kg) FROM seller, shipment").shown("24|");
    }
}

#[test]
fn the_rows_are_no_change_of_the_step_behind_them() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.types("alembic downgrade base").go(Travel::Bead { revision: "2b7e41c09d35".into(), step: 1 });
    visitor.stands("Step 1 of 3 in add email to seller").rows("seller", 4, 0);
}

#[test]
fn rows_that_do_not_fit_are_told_and_stop_nothing() {
    let mut visitor = Visitor::opened("seller-shipment");
    let seed = "-- after: 8c1f4e2a90b7\nINSERT INTO seller (name) VALUES ('a');\nINSERT INTO nowhere VALUES (1);\n";
    visitor.ask(Request::Write { path: "seed.sql".into(), text: seed.into() });
    visitor.types("alembic downgrade base").types("alembic upgrade head");
    visitor.shown("The rows of seed.sql could not be put in:").rows("seller", 0, 0);
    assert_eq!(visitor.scene.behind, 0);
}

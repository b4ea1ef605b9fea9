//! The gallery. The page draws it before the engine has loaded; the worker carries the files, under the same names.

use crate::timeline::BeadKind::{self, Batch, Data, Operation};

/// A project to start from.
#[derive(Debug)]
pub struct Sample {
    /// The folder's name under `migrations/`.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// One line about it.
    pub says: &'static str,
    /// Its revisions, the first one first.
    pub revisions: &'static [(&'static str, &'static [(BeadKind, &'static str)])],
}

/// All of them; the first one is what the page's loudest button opens.
pub const ALL: &[Sample] = &[Sample {
    name: "tutorial",
    title: "Seller and shipment",
    says: "2 tables, 10 rows, 3 revisions. One of them has a trap.",
    revisions: &[
        (
            "create seller and shipment",
            &[
                (Operation, "create seller"),
                (Operation, "index contact"),
                (Operation, "create shipment"),
                (Operation, "index seller_id"),
            ],
        ),
        ("add email to seller", &[(Batch, "add email"), (Data, "fill email"), (Batch, "require email")]),
        ("weight in kilograms", &[(Batch, "weight → weight_kg"), (Data, "grams → kg")]),
    ],
}];

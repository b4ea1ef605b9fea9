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

/// The revision that all three tutorials begin with, where nothing but tables is made.
const CREATE: (&str, &[(BeadKind, &str)]) = (
    "create seller and shipment",
    &[(Operation, "create seller"), (Operation, "create shipment"), (Operation, "index seller_id")],
);

/// All of them; the first one is what the page's loudest button opens.
pub const ALL: &[Sample] = &[
    Sample {
        name: "seller-shipment",
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
    },
    Sample {
        name: "shop",
        title: "A shop",
        says: "8 tables, 10 revisions: prices become cents, two branches meet again, every constraint is named.",
        revisions: &[
            ("create customer and address", &[(Operation, "create customer"), (Operation, "create address")]),
            ("create category and product", &[(Operation, "create category"), (Operation, "create product")]),
            ("prices in cents", &[(Operation, "add price_cents"), (Data, "fill price_cents"), (Batch, "drop price")]),
        ],
    },
    Sample {
        name: "seller-shipment-sqlmodel",
        title: "Seller and shipment, with SQLModel",
        says: "The same two tables as SQLModel classes; script.py.mako imports sqlmodel for every revision.",
        revisions: &[CREATE, ("when a shipment arrives", &[(Operation, "add estimated_delivery")])],
    },
    Sample {
        name: "seller-shipment-async",
        title: "Seller and shipment, asynchronously",
        says: "An async env.py inside a package: the address comes from .env, the models from backend.db.",
        revisions: &[CREATE, ("when a shipment was created", &[(Batch, "add created_at")])],
    },
];

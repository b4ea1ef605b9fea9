//! What would never end is stopped, what is no project is refused; the project stays whole.

use super::Visitor;
use retort_protocol::Request;
use retort_protocol::request::Source;
use std::time::{Duration, Instant};

/// An unoptimised build takes its time around the two seconds that are allowed, and the copy is stopped as well.
const AT_MOST: Duration = Duration::from_mins(1);

/// The second revision does this.
fn with_upgrade(body: &str) -> Visitor {
    let mut visitor = Visitor::opened("seller-shipment");
    let path = "migrations/versions/2b7e41c09d35_add_email_to_seller.py";
    let text = format!(
        "revision = '2b7e41c09d35'\ndown_revision = '8c1f4e2a90b7'\nfrom alembic import op\ndef upgrade():\n    \
         op.execute(\"UPDATE seller SET contact = 'x'\")\n    {body}\ndef downgrade():\n    pass\n"
    );
    visitor.ask(Request::Write { path: path.into(), text });
    visitor
}

fn check(body: &str, said: &str) {
    let mut visitor = with_upgrade(body);
    let began = Instant::now();
    visitor.types("alembic upgrade head").shown(said);
    assert!(began.elapsed() < AT_MOST, "{body} took {:?}", began.elapsed());
    visitor.types("SELECT count(*) FROM seller WHERE contact = 'x'").shown("0");
    assert_eq!(visitor.scene.behind, 2);
}

#[test]
fn an_endless_revision_is_stopped() {
    check("while True: pass", "Python was stopped after computing for 2 seconds");
}

#[test]
fn an_endless_query_is_stopped() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    check(&format!("op.execute(\"{endless}\")"), "interrupted: the statement ran longer than 2 s");
    Visitor::opened("seller-shipment").types(endless).shown("interrupted: the statement ran longer than 2 s");
}

#[test]
fn endless_models_leave_the_project_alive() {
    let mut visitor = Visitor::opened("seller-shipment");
    let whole = crate::samples::files("seller-shipment").expect("a sample");
    let text = whole.iter().find(|(path, _)| *path == "models.py").expect("its models").1;
    visitor.ask(Request::Write { path: "models.py".into(), text: format!("{text}\nwhile True: pass\n") });
    assert!(!visitor.autogenerate.fresh);
    let trouble = visitor.autogenerate.trouble.clone().map(|trouble| trouble.title).unwrap_or_default();
    assert!(trouble.contains("stopped after computing"), "{trouble}");
    visitor.ask(Request::Write { path: "models.py".into(), text: text.into() });
    assert!(visitor.autogenerate.fresh, "{:?}", visitor.autogenerate.trouble);
}

#[test]
fn what_is_no_project_is_refused_and_the_old_one_stays() {
    let mut visitor = Visitor::opened("seller-shipment");
    let mut refused = |source: Source, said: &str| {
        visitor.ask(Request::Open(source));
        let title = visitor.refused.clone().unwrap_or_default();
        assert!(title.contains(said), "{title}");
        visitor.types("alembic current").shown("8c1f4e2a90b7");
    };
    refused(Source::Zip { name: "a.zip".into(), bytes: b"PK no zip".to_vec() }, "not a zip archive");
    refused(Source::Link("r1.nothing".into()), "This link cannot be opened");
    refused(Source::Link("r9.AAAA0".into()), "newer Retort");
    refused(Source::Checkpoint(vec![7; 40]), "cannot be read");
    let mut large = retort::project::Project::default();
    large.files.insert("a.txt".into(), " ".repeat(retort::project::bounds::BYTES + 1));
    let bytes = retort::project::archive::pack(&large, &std::collections::BTreeMap::new());
    refused(Source::Zip { name: "a.zip".into(), bytes }, "larger than 8 MiB");
    let broken = [b"SQLite format 3\0".as_slice(), &[7; 4080]].concat();
    refused(Source::Folder { name: "a".into(), files: vec![("database.db".into(), broken)] }, "database");
}

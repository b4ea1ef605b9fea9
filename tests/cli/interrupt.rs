//! Ctrl-C in the middle of a migration, as a shell sends it.

use super::page::query;
use super::terminal::Terminal;
use std::process::Command;
use std::time::{Duration, Instant};

const ENDLESS: &str = r#"
from alembic import op

revision = "e1e1e1e1e1e1"
down_revision = "d4a96f13e8c0"


def upgrade():
    op.execute("CREATE TABLE one (a INTEGER)")
    open("begun", "w").close()
    BODY


def downgrade():
    pass
"#;

#[test]
fn ctrl_c_rolls_an_endless_query_back() {
    interrupted(
        "op.execute('INSERT INTO one WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT max(a) FROM n')",
    );
}

#[test]
fn ctrl_c_rolls_an_endless_loop_back() {
    interrupted("while True: pass");
}

fn interrupted(body: &str) {
    let terminal = Terminal::new(Some("seller-shipment"));
    terminal.write("migrations/versions/e1e1e1e1e1e1_endless.py", &ENDLESS.replace("BODY", body));
    let mut program = terminal.start("upgrade head");
    let end = Instant::now() + Duration::from_mins(1);
    while !terminal.folder.join("begun").exists() && Instant::now() < end {
        std::thread::yield_now();
    }
    let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status().expect("kill is there");
    assert!(sent.success(), "the program still runs");
    let ended = program.wait().expect("it ends");
    assert_eq!(ended.code(), Some(130), "as a shell expects");
    let rows = |sql| query(&terminal, sql).expect("the database is whole").concat();
    assert_eq!(rows("SELECT version_num FROM alembic_version"), ["d4a96f13e8c0"]);
    assert_eq!(rows("SELECT count(*) FROM sqlite_master WHERE name = 'one'"), ["0"]);
}

//! The terminal as the first tutorial types it, and what else can be typed.

use super::Visitor;
use retort_protocol::Request;
use retort_protocol::files::Fix;
use retort_protocol::request::Source;

const MODEL: &str = "from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Seller(Base):
    __tablename__ = 'seller'
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
";

impl Visitor {
    fn text(&self, path: &str) -> String {
        crate::files::text(&self.bench.world.host, &crate::shell::paths::absolute(path)).expect("a text")
    }

    fn replaces(&mut self, path: &str, old: &str, new: &str) -> &mut Self {
        let text = self.text(path);
        assert!(text.contains(old), "{old:?} is not in {path}");
        self.ask(Request::Write { path: path.into(), text: text.replacen(old, new, 1) })
    }

    /// Types a line that says this.
    fn says(&mut self, line: &str, said: &str) -> &mut Self {
        self.types(line).shown(said);
        self
    }

    /// Presses the button under the output: edits of single lines, then the command.
    fn takes_the_offer(&mut self) -> &mut Self {
        let fix: Fix = self.offers.first().cloned().expect("something is offered");
        for edit in &fix.edits {
            let text = self.text(&edit.path);
            let (start, end) = (edit.span.start, edit.span.end);
            assert_eq!(start.line, end.line);
            let line = text.lines().nth(start.line as usize - 1).expect("the line").to_string();
            let new =
                format!("{}{}{}", &line[..start.column as usize - 1], edit.text, &line[end.column as usize - 1..]);
            self.ask(Request::Write { path: edit.path.clone(), text: text.replacen(&line, &new, 1) });
        }
        match fix.command {
            Some(command) => self.types(&command),
            None => self,
        }
    }
}

#[test]
fn the_first_tutorial_is_typed_as_it_is_written() {
    let mut visitor = Visitor::new();
    let files = vec![("model.py".to_string(), MODEL.as_bytes().to_vec())];
    visitor.ask(Request::Open(Source::Folder { name: "tutorial".into(), files }));
    visitor.types("$ pip install alembic").shown("Nothing to install");
    visitor.types("$ alembic init migrations").shown("Creating directory");
    let url = "sqlalchemy.url = driver://user:pass@localhost/dbname";
    visitor.replaces("alembic.ini", url, "sqlalchemy.url  = \"sqlite:///./database.db\"");
    let metadata = "target_metadata = None";
    visitor.replaces("migrations/env.py", metadata, "from model import Base\ntarget_metadata= Base.metadata");
    visitor.types("$ alembic revision --autogenerate -m \"<your message>\"").shown("quot");
    visitor.takes_the_offer();
    visitor.types("$ alembic revision --autogenerate -m \"<your message>\"");
    visitor.shown("Detected added table 'seller'").shown("your_message");
    visitor.types("$ alembic upgrade head").shown("Running upgrade").rows("seller", 0, 0);
    visitor.says("$ alembic downgrade -l", "-1").takes_the_offer().shown("Running downgrade");
    assert!(visitor.scene.timeline.at_base);
}

#[test]
fn the_shell_answers_to_what_a_tutorial_types() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.says("ls", "models.py").types("cd migrations").says("ls", "env.py").types("cd ..");
    visitor.says("cat alembic.ini", "script_location").says("virtualenv env", "No environment is needed");
    visitor.says("env\\Scripts\\activate", "Nothing to activate").says("deactivate", "Nothing to deactivate");
    visitor.says(".tables", "seller").says("\\dt", "shipment").says(".schema seller", "CREATE TABLE");
    visitor.types("sqlite3 database.db").types("SELECT count(*)").says("FROM seller;", "4").types(".quit");
    visitor.says("alembc upgrade head", "Did you mean alembic?");
    visitor.types("mkdir a").types("rm -r a").says("ls a", "No such file");
}

#[test]
fn python_runs_a_file_of_the_project() {
    let mut visitor = Visitor::opened("seller-shipment");
    visitor.types("echo 'from models import *' > show.py");
    visitor.types("echo 'print(sorted(Base.metadata.tables))' >> show.py");
    visitor.types("python show.py").shown("['seller', 'shipment']");
    visitor.types("echo 'import sqlalchemy as sa' > rows.py");
    visitor.types("echo 'with sa.create_engine(\"sqlite:///./database.db\").begin() as c: print(c.execute(sa.text(\"DELETE FROM shipment\")).rowcount)' >> rows.py");
    visitor.types("python rows.py").shown("6").rows("shipment", 0, 0);
    visitor.types("undo").rows("shipment", 6, 0);
    visitor
        .types("echo 'nothing' > wrong.py")
        .types("python wrong.py")
        .shown("NameError: name 'nothing' is not defined");
    visitor.types("python models.py");
    assert_eq!(visitor.terminal, "");
}

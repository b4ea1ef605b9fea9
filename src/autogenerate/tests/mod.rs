//! Comparisons of values made by hand; whole pairs of models are in tests/spec/autogenerate.

use super::{Everything, Kind, Object, Opinion, Options, Pair, Parents, Policy, diff, plugin_lines, plugins};
use crate::{
    dialect,
    error::Result,
    ops,
    schema::{
        Column, Constraint, Expr, Index, MetaData, Name, ServerDefault, Table, TableName, Type,
        table::{Autoincrement, ConstraintKind, ForeignKey, Identity},
    },
    script::render,
};

/// Tables as lines: `name: column type[ not null][ key][ -> table][ = default][ "comment"], …`.
fn metadata(text: &str) -> MetaData {
    let tables = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(table).collect();
    MetaData { tables, ..MetaData::default() }
}

fn table(line: &str) -> Table {
    let (name, columns) = line.split_once(": ").expect("a table has columns");
    let name = name.split_once('.').map_or_else(
        || TableName::new(name),
        |(schema, name)| TableName { schema: Some(schema.into()), name: name.into() },
    );
    let mut table = Table::new(name);
    for text in columns.split(", ") {
        add_column(&mut table, text);
    }
    table
}

fn add_column(table: &mut Table, text: &str) {
    let mut words = text.split(' ');
    let (name, ty) = (words.next().expect("a column has a name"), words.next().expect("a column has a type"));
    let mut column = Column::new(name, column_type(ty));
    column.nullable = true;
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("the word has an argument").to_string();
        match word {
            "not-null" => column.nullable = false,
            "key" => {
                (column.nullable, column.primary_key) = (false, true);
                let columns = vec![name.to_string()];
                table.constraints.push(Constraint::new(None, ConstraintKind::PrimaryKey { columns }));
            }
            "unique" => {
                let columns = vec![name.to_string()];
                table.constraints.push(Constraint::new(Some(Name::plain(next())), ConstraintKind::Unique { columns }));
            }
            "index" => table.indexes.push(Index::new(
                Some(Name::plain(next())),
                vec![Expr::Column { table: None, name: name.into(), ty: None }],
            )),
            "->" => table.constraints.push(foreign_key(table, name, &next())),
            "=" => column.server_default = Some(ServerDefault::Literal(next())),
            "computed" => column.server_default = Some(ServerDefault::Computed { sql: next(), persisted: None }),
            "identity" => {
                let start = Some(next().parse().expect("an identity starts at a number"));
                column.server_default = Some(ServerDefault::Identity(Identity { start, ..Identity::default() }));
            }
            "no-count" => column.autoincrement = Autoincrement::No,
            comment => column.comment = Some(comment.trim_matches('"').into()),
        }
    }
    table.columns.push(column);
}

fn column_type(text: &str) -> Type {
    match text {
        "?" => Type::Null,
        "int" => Type::Integer { class: "Integer".into() },
        "big" => Type::Integer { class: "BigInteger".into() },
        text => Type::String { class: "String".into(), length: text.parse().ok(), collation: None },
    }
}

fn foreign_key(table: &Table, column: &str, referred: &str) -> Constraint {
    let (referred, use_alter) = referred.strip_suffix('!').map_or((referred, false), |it| (it, true));
    let key = ForeignKey {
        columns: vec![column.into()],
        referred: TableName::new(referred),
        referred_columns: vec!["id".into()],
        ondelete: None,
        onupdate: None,
        match_: None,
        use_alter,
        link_to_name: false,
    };
    Constraint::new(Some(Name::plain(format!("fk_{}", table.name.name))), ConstraintKind::ForeignKey(key))
}

/// Compares for a dialect; the answer is the text of `upgrade()` without frame, then the log's messages and warnings.
fn compared(dialect: &str, current: &str, target: &str, options: &Options, policy: &mut dyn Policy) -> String {
    let dialect = dialect::by_name(dialect).expect("the dialect is known");
    let (current, target) = (metadata(current), metadata(target));
    let pair = Pair { current: &current, target: &target };
    let found = diff(pair, dialect, options, policy).expect("the comparison works");
    let undone = ops::reverse(&found.operations).expect("what diff made can be undone");
    assert_eq!(ops::reverse(&undone).expect("twice too").len(), found.operations.len());
    let rendering = render::Options::default();
    let body = render::body(&found.operations, dialect, &rendering, &mut render::Plain).expect("it can be written");
    let lines = body.lines().filter(|line| !line.starts_with("# ###")).map(String::from);
    let log = found.log.iter().map(|line| format!("~ {}", line.message));
    let warnings = found.warnings.iter().map(|it| format!("! {it}"));
    lines.chain(log).chain(warnings).collect::<Vec<_>>().join("\n")
}

fn check(dialect: &str, current: &str, target: &str, expected: &str) {
    let options = Options { server_defaults: true, ..Options::default() };
    let given = compared(dialect, current, target, &options, &mut Everything);
    let expected: Vec<&str> = expected.lines().map(|it| it.strip_prefix("        ").unwrap_or(it)).collect();
    assert_eq!(given, expected.join("\n").trim(), "{current} => {target}");
}

#[test]
fn tables_go_before_those_that_they_refer_to() {
    check(
        "postgresql",
        "a: id int key\nb: id int key, a int -> a\nc: id int key, b int -> b",
        "",
        "op.drop_table('c')
        op.drop_table('b')
        op.drop_table('a')
        ~ Detected removed table 'c'
        ~ Detected removed table 'b'
        ~ Detected removed table 'a'",
    );
}

const CIRCLE: &str = "a: id int key, b int -> b\nb: id int key, a int -> a\nc: id int key, b int -> b!";

#[test]
fn circles_are_closed_at_the_end() {
    check(
        "postgresql",
        "",
        CIRCLE,
        "op.create_table('a',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('b', sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint('id')
        )
        op.create_table('b',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('a', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['a'], ['a.id'], name='fk_b'),
        sa.PrimaryKeyConstraint('id')
        )
        op.create_table('c',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('b', sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint('id')
        )
        op.create_foreign_key('fk_a', 'a', 'b', ['b'], ['id'])
        op.create_foreign_key('fk_c', 'c', 'b', ['b'], ['id'])
        ~ Detected added table 'a'
        ~ Detected added table 'b'
        ~ Detected added table 'c'
        ! Cannot correctly sort tables; there are unresolvable cycles between tables \"a, b\", which is usually caused by \
         mutually dependent foreign key constraints.  Foreign key constraints involving these tables will not be \
         considered; this warning may raise an error in a future release.",
    );
}

#[test]
fn circles_are_opened_first() {
    check(
        "postgresql",
        "a: id int key, b int -> b\nb: id int key, a int -> a",
        "",
        "op.drop_constraint(op.f('fk_a'), 'a', type_='foreignkey')
        op.drop_table('b')
        op.drop_table('a')
        ~ Detected removed table 'b'
        ~ Detected removed table 'a'",
    );
}

#[test]
fn a_computed_column_is_only_warned_about() {
    check("postgresql", "t: a int computed b+1", "t: a int computed (B+1)", "pass");
    check(
        "postgresql",
        "t: a int computed b+1",
        "t: a int computed b+2",
        "pass\n! Computed default on t.a cannot be modified",
    );
    check("postgresql", "t: a int", "t: a int computed b+2", "pass\n! Computed default on t.a cannot be modified");
    check(
        "postgresql",
        "t: a int not-null computed b",
        "t: a int computed b",
        "pass\n~ Ignoring nullable change on identity column 't.a'",
    );
}

#[test]
fn identities_are_compared_by_option() {
    check(
        "postgresql",
        "t: a int not-null identity 1",
        "t: a int not-null identity 5",
        "op.alter_column('t', 'a',
                   existing_type=sa.Integer(),
                   server_default=sa.Identity(always=False, start=5),
                   existing_nullable=False)
        ~ Detected server default on column 't.a': identity options attributes ['start']",
    );
}

#[test]
fn comments_count_where_there_are_any() {
    check(
        "postgresql",
        "t: a int \"old\"",
        "t: a int \"new\"",
        "op.alter_column('t', 'a',
                   existing_type=sa.Integer(),
                   comment='new',
                   existing_comment='old',
                   existing_nullable=True)
        ~ Detected column comment 't.a'",
    );
    check("sqlite", "t: a int \"old\"", "t: a int \"new\"", "pass");
    check("postgresql", "t: a int", "t: a int \"\"", "pass");
}

#[test]
fn a_counting_column_says_so() {
    check(
        "postgresql",
        "t: id int key",
        "t: id big key",
        "op.alter_column('t', 'id',
                   existing_type=sa.Integer(),
                   type_=sa.BigInteger(),
                   existing_nullable=False,
                   autoincrement=True)
        ~ Detected type change from Integer() to BigInteger() on 't.id'",
    );
}

#[test]
fn unknown_types_are_passed_over() {
    check(
        "sqlite",
        "t: a ?",
        "t: a int",
        "pass\n~ Couldn't determine database type for column 't.a'\n~ Couldn't determine database type for column 't.a'",
    );
    check(
        "sqlite",
        "t: a int",
        "t: a ?",
        "pass\n~ Column 't.a' has no type within the model; can't compare\n~ Column 't.a' has no type within the model; can't compare",
    );
}

#[test]
fn the_default_schema_has_no_name() {
    check("postgresql", "t: id int key", "public.t: id int key", "pass");
    check("postgresql", "t: id int key\nalembic_version: version_num 32 not-null", "t: id int key", "pass");
}

/// A policy that leaves out names and objects, and compares types itself.
#[derive(Default)]
struct Choosy {
    leaves_out: Vec<&'static str>,
    types: Option<bool>,
}

impl Policy for Choosy {
    fn include_name(&mut self, name: Option<&str>, kind: Kind, _: &Parents) -> Result<bool> {
        Ok(!self.leaves_out.contains(&&format!("name {} {}", kind.word(), name.unwrap_or_default())[..]))
    }

    fn include_object(
        &mut self,
        _: Object<'_>,
        name: Option<&str>,
        kind: Kind,
        reflected: bool,
        _: Option<Object<'_>>,
    ) -> Result<bool> {
        let side = if reflected { "reflected" } else { "model" };
        Ok(!self.leaves_out.contains(&&format!("{side} {} {}", kind.word(), name.unwrap_or_default())[..]))
    }

    fn compare_type(&mut self, _: Pair<&Table>, _: Pair<&Column>) -> Result<Opinion> {
        Ok(match self.types {
            None => Opinion::None,
            Some(false) => Opinion::Same,
            Some(true) => Opinion::Differs("f".into()),
        })
    }

    fn compare_server_default(&mut self, _: Pair<&Table>, _: Pair<&Column>, _: Pair<Option<&str>>) -> Result<Opinion> {
        Ok(Opinion::Differs("<function f>".into()))
    }

    fn ask(&mut self, _: &str) -> Result<bool> {
        Ok(true)
    }
}

fn check_policy(policy: Choosy, current: &str, target: &str, expected: &str) {
    let mut policy = policy;
    let options = Options { server_defaults: true, ..Options::default() };
    assert_eq!(compared("sqlite", current, target, &options, &mut policy), expected);
}

#[test]
fn hooks_leave_things_out() {
    let without = |what: &'static str| Choosy { leaves_out: vec![what], types: None };
    check_policy(without("name table old"), "old: id int key", "", "pass");
    check_policy(without("reflected table old"), "old: id int key", "", "pass");
    check_policy(without("model table new"), "", "new: id int key", "pass");
    check_policy(without("name column b"), "t: a int, b int", "t: a int", "pass");
    check_policy(without("reflected column b"), "t: a int, b int", "t: a int", "pass");
    check_policy(without("model column a"), "t: a int", "t: a big", "pass");
    check_policy(without("name index i"), "t: a int index i", "t: a int", "pass");
    check_policy(without("model index i"), "t: a int", "t: a int index i", "pass");
    check_policy(without("reflected unique_constraint u"), "t: a int unique u", "t: a int", "pass");
    check_policy(
        without("name foreign_key_constraint fk_t"),
        "o: id int\nt: a int -> o",
        "o: id int\nt: a int",
        "pass",
    );
}

#[test]
fn hooks_decide_about_types_and_defaults() {
    check_policy(Choosy { types: Some(false), ..Choosy::default() }, "t: a int", "t: a 5", "pass");
    let message = "~ Detected type change from Integer() to Integer() on 't.a'";
    let text = "op.alter_column('t', 'a',\n           existing_type=sa.Integer(),\n           type_=sa.Integer(),\n           \
                existing_nullable=True)";
    check_policy(
        Choosy { types: Some(true), ..Choosy::default() },
        "t: a int",
        "t: a int",
        &format!("{text}\n{message}"),
    );
    check_policy(
        Choosy::default(),
        "t: a int = 1",
        "t: a int = 1",
        "op.alter_column('t', 'a',\n           existing_type=sa.Integer(),\n           server_default='1',\n           \
         existing_nullable=True)\n~ User defined function <function f> detected server default on column 't.a'",
    );
}

#[test]
fn plugins_by_name() {
    let names = |patterns: &[&str]| {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        plugins(&patterns).map_or_else(|error| error.to_string(), |found| found.join(" ").replace("alembic.", ""))
    };
    let all = "autogenerate.schemas autogenerate.tables autogenerate.types autogenerate.constraints \
               autogenerate.defaults autogenerate.comments";
    assert_eq!(names(&["alembic.autogenerate.*"]), all);
    assert_eq!(
        names(&["alembic.autogenerate.*", "~alembic.autogenerate.c*"]),
        all.replace(" autogenerate.constraints", "").replace(" autogenerate.comments", "")
    );
    assert_eq!(names(&["alembic.autogenerate.checkconstraint_byname"]), "ext.checkconstraint_byname");
    assert_eq!(names(&["x.*"]), "Did not locate plugins: x.*");
    let lines = plugin_lines(&["alembic.autogenerate.schemas"]);
    assert_eq!(lines[0].message, "setting up autogenerate plugin alembic.autogenerate.schemas");
}

#[test]
fn checks_by_name_when_asked_for() {
    let check = |name: &str| {
        let condition = Expr::Text(format!("{name} > 0"));
        Constraint::new(Some(Name::plain(name)), ConstraintKind::Check { condition })
    };
    let side = |name: &str| {
        let mut metadata = metadata("t: a int");
        metadata.tables[0].constraints.push(check(name));
        metadata
    };
    let (current, target) = (side("old"), side("new"));
    let dialect = dialect::by_name("sqlite").expect("SQLite is known");
    let count = |checks| {
        let options = Options { checks, ..Options::default() };
        let pair = Pair { current: &current, target: &target };
        let found = diff(pair, dialect, &options, &mut Everything).expect("the comparison works");
        found.log.iter().map(|line| line.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(count(false), "");
    assert_eq!(
        count(true),
        "Detected removed check constraint 'old' on table 't'; Detected added check constraint 'new' on table 't'"
    );
}

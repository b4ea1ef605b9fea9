//! What only the text of a CREATE TABLE tells: names of constraints, CHECKs, COLLATE, AUTOINCREMENT, ON CONFLICT,
//! generated columns. The PRAGMAs tell everything else.

use super::tokens::{Kind, Token, closing, slice, split, tokens};

/// The clauses of a CREATE TABLE.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Clauses {
    pub(super) columns: Vec<ColumnClauses>,
    pub(super) constraints: Vec<Clause>,
    pub(super) without_rowid: bool,
    pub(super) strict: bool,
}

/// The clauses of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ColumnClauses {
    pub(super) name: String,
    pub(super) collation: Option<String>,
    pub(super) generated: Option<String>,
    pub(super) autoincrement: bool,
    pub(super) not_null_conflict: Option<String>,
    pub(super) constraints: Vec<Clause>,
}

/// A constraint as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    pub(super) name: Option<String>,
    pub(super) kind: ClauseKind,
    pub(super) conflict: Option<String>,
}

/// What kind of constraint was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ClauseKind {
    PrimaryKey(Vec<String>),
    Unique(Vec<String>),
    Check(String),
    ForeignKey { deferrable: Option<bool>, initially: Option<String> },
}

/// Reads the text of a CREATE TABLE; what it does not understand it passes over.
pub(super) fn clauses(sql: &str) -> Clauses {
    let all = tokens(sql);
    let mut clauses = Clauses::default();
    let Some(open) = all.iter().position(|token| token.is_mark('(')) else { return clauses };
    if all[..open].iter().any(|token| token.is("AS") || token.is("USING")) {
        return clauses;
    }
    let close = closing(&all, open);
    for item in split(&all[open + 1..close]) {
        let mut reader = Reader { sql, tokens: item, at: 0 };
        if reader.starts_table_constraint() {
            reader.table_constraints(&mut clauses.constraints);
        } else if let Some(column) = reader.column() {
            clauses.columns.push(column);
        }
    }
    let after = all.get(close + 1..).unwrap_or_default();
    clauses.without_rowid = after.iter().any(|token| token.is("ROWID"));
    clauses.strict = after.iter().any(|token| token.is("STRICT"));
    clauses
}

struct Reader<'t, 'a> {
    sql: &'a str,
    tokens: &'t [Token<'a>],
    at: usize,
}

impl<'a> Reader<'_, 'a> {
    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.get(self.at).copied();
        self.at += 1;
        token
    }

    fn is(&self, keyword: &str) -> bool {
        self.peek().is_some_and(|token| token.is(keyword))
    }

    fn take(&mut self, keyword: &str) -> bool {
        let found = self.is(keyword);
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> String {
        self.next().map(|token| token.name()).unwrap_or_default()
    }

    fn starts_table_constraint(&self) -> bool {
        ["CONSTRAINT", "CHECK", "FOREIGN", "PRIMARY", "UNIQUE"].iter().any(|word| self.is(word))
    }

    /// What stands between parentheses, without them; the reader goes on behind them.
    fn parentheses(&mut self) -> &[Token<'a>] {
        if !self.peek().is_some_and(|token| token.is_mark('(')) {
            return &[];
        }
        let (open, close) = (self.at, closing(self.tokens, self.at));
        self.at = close + 1;
        &self.tokens[open + 1..close.max(open + 1)]
    }

    fn names(&mut self) -> Vec<String> {
        split(self.parentheses()).iter().filter_map(|part| part.first()).map(Token::name).collect()
    }

    fn text_in_parentheses(&mut self) -> String {
        let sql = self.sql;
        slice(sql, self.parentheses()).trim().to_string()
    }

    fn conflict(&mut self) -> Option<String> {
        if self.is("ON") && self.tokens.get(self.at + 1).is_some_and(|token| token.is("CONFLICT")) {
            self.at += 2;
            return self.next().map(|token| token.text.to_uppercase());
        }
        None
    }

    /// `CONSTRAINT name`, if it stands here.
    fn constraint_name(&mut self) -> Option<String> {
        self.take("CONSTRAINT").then(|| self.name())
    }

    /// The constraints of one item; SQLite lets the commas between them be left out.
    fn table_constraints(&mut self, found: &mut Vec<Clause>) {
        while self.peek().is_some() {
            let name = self.constraint_name();
            match self.table_constraint() {
                Some(kind) => found.push(Clause { name, kind, conflict: self.conflict() }),
                None => self.at += 1,
            }
        }
    }

    fn table_constraint(&mut self) -> Option<ClauseKind> {
        if self.take("PRIMARY") {
            self.take("KEY");
            Some(ClauseKind::PrimaryKey(self.names()))
        } else if self.take("UNIQUE") {
            Some(ClauseKind::Unique(self.names()))
        } else if self.take("CHECK") {
            Some(ClauseKind::Check(self.text_in_parentheses()))
        } else if self.take("FOREIGN") {
            self.take("KEY");
            self.names();
            Some(self.references())
        } else {
            None
        }
    }

    /// What follows FOREIGN KEY (…), or a column's REFERENCES; only its deferrability is not in a PRAGMA.
    fn references(&mut self) -> ClauseKind {
        self.take("REFERENCES");
        self.name();
        self.parentheses();
        let (mut deferrable, mut initially) = (None, None);
        loop {
            if self.is("ON") && !self.tokens.get(self.at + 1).is_some_and(|token| token.is("CONFLICT")) {
                self.at += 2;
                // SET NULL, SET DEFAULT and NO ACTION have two words.
                let _ = self.take("SET") || self.take("NO");
                self.at += 1;
            } else if self.take("MATCH") {
                self.at += 1;
            } else if self.is("NOT") && self.tokens.get(self.at + 1).is_some_and(|token| token.is("DEFERRABLE")) {
                self.at += 2;
                deferrable = Some(false);
            } else if self.take("DEFERRABLE") {
                deferrable = Some(true);
            } else if self.take("INITIALLY") {
                initially = self.next().map(|token| token.text.to_uppercase());
            } else {
                return ClauseKind::ForeignKey { deferrable, initially };
            }
        }
    }

    fn column(&mut self) -> Option<ColumnClauses> {
        let mut column = ColumnClauses { name: self.next()?.name(), ..ColumnClauses::default() };
        while self.peek().is_some() {
            let name = self.constraint_name();
            self.column_clause(name, &mut column);
        }
        Some(column)
    }

    fn column_clause(&mut self, name: Option<String>, column: &mut ColumnClauses) {
        let own = vec![column.name.clone()];
        let kind = if self.take("PRIMARY") {
            self.take("KEY");
            let _ = self.take("ASC") || self.take("DESC");
            ClauseKind::PrimaryKey(own)
        } else if self.take("UNIQUE") {
            ClauseKind::Unique(own)
        } else if self.take("CHECK") {
            ClauseKind::Check(self.text_in_parentheses())
        } else if self.is("REFERENCES") {
            self.references()
        } else {
            return self.column_word(column);
        };
        let conflict = self.conflict();
        column.constraints.push(Clause { name, kind, conflict });
        column.autoincrement |= self.take("AUTOINCREMENT");
    }

    fn column_word(&mut self, column: &mut ColumnClauses) {
        if self.take("COLLATE") {
            column.collation = Some(self.name());
        } else if self.take("NOT") {
            self.take("NULL");
            column.not_null_conflict = self.conflict();
        } else if self.take("DEFAULT") {
            self.default_value();
        } else if self.take("AS") {
            column.generated = Some(self.text_in_parentheses());
        } else {
            // A type's word, or its length in parentheses.
            let before = self.at;
            self.parentheses();
            self.at += usize::from(self.at == before);
        }
    }

    fn default_value(&mut self) {
        if self.peek().is_some_and(|token| token.is_mark('(')) {
            self.parentheses();
            return;
        }
        let signed = self.peek().is_some_and(|token| token.is_mark('-') || token.is_mark('+'));
        self.at += 1 + usize::from(signed);
    }
}

/// One term of an index: its text without COLLATE and direction, the collation, whether it descends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) text: String,
    pub(super) collation: Option<String>,
    pub(super) descends: bool,
}

/// The terms and the WHERE of a CREATE INDEX.
pub(super) fn index_clauses(sql: &str) -> (Vec<Term>, Option<String>) {
    let all = tokens(sql);
    // The name of an index or a table can be "ON" only in quotes.
    let on = all.iter().position(|token| token.is("ON")).unwrap_or(0);
    let Some(open) = all.iter().skip(on).position(|token| token.is_mark('(')).map(|at| at + on) else {
        return (Vec::new(), None);
    };
    let close = closing(&all, open);
    let terms = split(&all[open + 1..close]).iter().map(|part| term(sql, part)).collect();
    let condition = all.get(close + 1).filter(|token| token.is("WHERE"));
    (terms, condition.map(|word| sql[word.end..].trim().trim_end_matches(';').to_string()))
}

fn term(sql: &str, part: &[Token<'_>]) -> Term {
    let mut part = part;
    let mut descends = false;
    if let Some((last, rest)) = part.split_last()
        && !rest.is_empty()
        && (last.is("ASC") || last.is("DESC"))
    {
        descends = last.is("DESC");
        part = rest;
    }
    let mut collation = None;
    if let [rest @ .., word, name] = part
        && !rest.is_empty()
        && word.is("COLLATE")
    {
        collation = Some(name.name());
        part = rest;
    }
    let text = match part {
        [one] if one.kind == Kind::Quoted => one.name(),
        several => slice(sql, several).to_string(),
    };
    Term { text, collation, descends }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &str) {
        assert_eq!(shown(&clauses(sql)), expected, "{sql}");
    }

    fn shown(clauses: &Clauses) -> String {
        let mut parts = Vec::new();
        for column in &clauses.columns {
            let mut text = column.name.clone();
            let words = [("collate", &column.collation), ("as", &column.generated), ("nn", &column.not_null_conflict)];
            for (word, value) in words {
                if let Some(value) = value {
                    text.push_str(&format!(" {word}={value}"));
                }
            }
            text.push_str(if column.autoincrement { " auto" } else { "" });
            column.constraints.iter().for_each(|clause| text.push_str(&format!(" {}", clause_text(clause))));
            parts.push(text);
        }
        parts.extend(clauses.constraints.iter().map(clause_text));
        parts.extend(clauses.without_rowid.then(|| "rowid".into()));
        parts.extend(clauses.strict.then(|| "strict".into()));
        parts.join("; ")
    }

    fn clause_text(clause: &Clause) -> String {
        let name = clause.name.as_deref().map_or_else(String::new, |name| format!("{name}:"));
        let kind = match &clause.kind {
            ClauseKind::PrimaryKey(names) => format!("pk({})", names.join(",")),
            ClauseKind::Unique(names) => format!("uq({})", names.join(",")),
            ClauseKind::Check(text) => format!("ck({text})"),
            ClauseKind::ForeignKey { deferrable, initially } => format!("fk({deferrable:?},{initially:?})"),
        };
        let conflict = clause.conflict.as_deref().map_or_else(String::new, |it| format!("!{it}"));
        format!("{name}{kind}{conflict}")
    }

    #[test]
    fn clauses_are_found_however_they_are_written() {
        check("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)", "id auto pk(id); a");
        check(
            "create table \"x,(\" (\"a b\" varchar(20) collate nocase not null on conflict ignore default 'a,)', b int)",
            "a b collate=nocase nn=IGNORE; b",
        );
        check(
            "CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT GENERATED ALWAYS AS (a*2))",
            "a; b as=a + 1; c as=a*2",
        );
        check(
            "CREATE TABLE t (a INT, /* , */ CONSTRAINT [pk 1] PRIMARY KEY (a DESC), CHECK (a IN (1,2)) CONSTRAINT u UNIQUE (a) ON \
             CONFLICT REPLACE) WITHOUT ROWID, STRICT",
            "a; pk 1:pk(a); ck(a IN (1,2)); u:uq(a)!REPLACE; rowid; strict",
        );
        check(
            "CREATE TABLE t (a INT CONSTRAINT f REFERENCES u (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT NULL, \
             FOREIGN KEY (a) REFERENCES u(id) ON UPDATE CASCADE)",
            "a f:fk(Some(true),Some(\"DEFERRED\")); fk(None,None)",
        );
        check("CREATE TABLE t (a DEFAULT -1 CHECK (a > ')'), b DEFAULT (1) UNIQUE)", "a ck(a > ')'); b uq(b)");
        check("CREATE TABLE t AS SELECT (1)", "");
    }

    #[test]
    fn terms_of_an_index_have_their_directions() {
        let (terms, condition) =
            index_clauses("CREATE INDEX \"on\" ON t (a DESC, lower(b, 'x') COLLATE nocase, c) WHERE a > 1");
        let terms: Vec<String> =
            terms.iter().map(|it| format!("{} {:?} {}", it.text, it.collation, it.descends)).collect();
        assert_eq!(terms, ["a None true", "lower(b, 'x') Some(\"nocase\") false", "c None false"]);
        assert_eq!(condition.as_deref(), Some("a > 1"));
    }
}

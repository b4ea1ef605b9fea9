//! Facts about a database.

/// What a database can do and how it spells it, as fields.
#[derive(Debug, Clone, Copy)]
pub struct Features {
    /// Alembic's name for its side of the dialect, in `Context impl SQLiteImpl.`
    pub implementation: &'static str,
    /// SQLAlchemy's class that writes types, for its message about one that has no form here.
    pub type_compiler: &'static str,
    /// Alembic's word on DDL in transactions: `Will assume non-transactional DDL.` and one transaction for a whole run.
    pub transactional_ddl: bool,
    /// The database itself can undo DDL, whatever Alembic assumes: a migration can be atomic.
    pub atomic_ddl: bool,
    /// Whether a rebuild can keep what hangs on its table: its keys suspended, its views and triggers known by their
    /// statements. Elsewhere it goes as Alembic's, inside the transaction.
    pub safe_rebuilds: bool,
    /// Words that must be quoted when they are names.
    pub reserved_words: &'static [&'static str],
    /// Left and right quote of a name.
    pub quotes: (char, char),
    /// The longest name.
    pub longest_name: usize,
    /// ALTER of a column or a constraint is possible; otherwise only a rebuild changes them.
    pub alter_constraints: bool,
    /// Comments exist.
    pub comments: bool,
    /// Comments stand inside CREATE TABLE.
    pub inline_comments: bool,
    /// Named enumeration types exist.
    pub native_enum: bool,
    /// A truth value has a type of its own, and the words `true` and `false`.
    pub native_boolean: bool,
    /// A UUID has a type of its own.
    pub native_uuid: bool,
    /// Sequences exist.
    pub sequences: bool,
    /// `GENERATED … AS IDENTITY` exists.
    pub identity_columns: bool,
    /// `IS DISTINCT FROM` is spelt so; otherwise `IS NOT`.
    pub is_distinct_from: bool,
    /// ILIKE exists; otherwise `lower(a) LIKE lower(b)`.
    pub ilike: bool,
    /// The query that gives nothing, for `IN ()`; otherwise `(NULL) AND (1 != 1)`.
    pub empty_set: Option<&'static str>,
    /// `func` names that this database spells otherwise: `now`, `char_length`.
    pub functions: &'static [(&'static str, &'static str)],
    /// Line breaks before LIMIT as SQLAlchemy's compiler writes them.
    pub limit: &'static str,
    /// A LIMIT always has an OFFSET.
    pub limit_with_offset: bool,
    /// What an OFFSET without a LIMIT needs before it: `LIMIT -1`.
    pub limit_before_offset: &'static str,
    /// RETURNING writes columns with their table.
    pub returning_with_tables: bool,
    /// `(a, b) IN (VALUES (1, 2))` instead of `IN ((1, 2))`.
    pub tuple_in_values: bool,
    /// FOR UPDATE exists.
    pub for_update: bool,
    /// How a driver's placeholder looks.
    pub placeholder: Placeholder,
    /// INSERT … RETURNING exists, and Alembic's version table uses it.
    pub insert_returning: bool,
    /// `INSERT INTO t DEFAULT VALUES` exists.
    pub default_values: bool,
    /// VALUES with several rows.
    pub multivalues_insert: bool,
    /// Types that autogenerate counts as one.
    pub type_synonyms: &'static [&'static [&'static str]],
    /// The schema in which unqualified tables live.
    pub default_schema: Option<&'static str>,
    /// Offline, `BEGIN` and `COMMIT` as written.
    pub begin: &'static str,
    /// See `begin`.
    pub commit: &'static str,
    /// What ends a statement in an offline script.
    pub terminator: &'static str,
}

/// How a placeholder looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// `?`
    Question,
    /// `$1`; shown as `%(name)s` where a statement is printed, as psycopg's users know it.
    Dollar,
    /// `:name`
    Colon,
}

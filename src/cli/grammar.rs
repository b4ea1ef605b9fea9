//! The words that Alembic's command line knows: a table of commands, their options and positionals.

/// An option.
#[derive(Debug)]
pub(super) struct Word {
    /// `-m`, `--message`.
    pub(super) names: &'static [&'static str],
    /// Under which name its value is found.
    pub(super) key: &'static str,
    /// What follows it.
    pub(super) takes: Takes,
    /// For `--help`.
    pub(super) help: &'static str,
}

/// What follows an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Flag,
    /// One value; the last one counts.
    Value,
    /// One value; every one counts.
    Values,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// A word by its place.
#[derive(Debug)]
pub(super) struct Positional {
    /// Its name, also in the usage.
    pub(super) key: &'static str,
    /// One or more.
    pub(super) many: bool,
    /// For `--help`.
    pub(super) help: &'static str,
}

/// A command, or the program itself.
#[derive(Debug)]
pub(super) struct Grammar {
    /// The command's name; empty for the program.
    pub(super) name: &'static str,
    /// For `--help`.
    pub(super) help: &'static str,
    /// Its options but for `-h`.
    pub(super) options: &'static [&'static Word],
    /// Its positionals.
    pub(super) positionals: &'static [Positional],
}

/// `-h`, which everything has.
pub(super) static HELP: Word =
    Word { names: &["-h", "--help"], key: "help", takes: Takes::Flag, help: "show this help message and exit" };

/// The program's own options.
pub(super) static PROGRAM: Grammar = Grammar {
    name: "",
    help: "",
    options: &[&VERSION, &CONFIG, &NAME, &X, &RAISE, &QUIET, &DISCIPLINE],
    positionals: &[],
};

static VERSION: Word =
    Word { names: &["--version"], key: "version", takes: Takes::Flag, help: "show program's version number and exit" };
static CONFIG: Word = Word {
    names: &["-c", "--config"],
    key: "config",
    takes: Takes::Values,
    help: "The configuration: an ini file, a pyproject.toml, or one of each by giving the option twice. Without it, \
           ALEMBIC_CONFIG from the environment, or \"alembic.ini\"",
};
static NAME: Word = Word {
    names: &["-n", "--name"],
    key: "name",
    takes: Takes::Value,
    help: "The section of the ini file to read instead of [alembic]",
};
static X: Word = Word {
    names: &["-x"],
    key: "x",
    takes: Takes::Values,
    help: "An argument for env.py, such as -x tenant=one; may be given several times",
};
static RAISE: Word =
    Word { names: &["--raiseerr"], key: "raiseerr", takes: Takes::Flag, help: "Show the whole traceback of an error" };
static QUIET: Word =
    Word { names: &["-q", "--quiet"], key: "quiet", takes: Takes::Flag, help: "Say nothing on standard output" };
static DISCIPLINE: Word = Word {
    names: &["--discipline"],
    key: "discipline",
    takes: Takes::Choice(&["safe", "as-alembic"]),
    help: "safe: each migration happens wholly or not at all; as-alembic: as Alembic does it, faults included",
};

static SQL: Word = Word {
    names: &["--sql"],
    key: "sql",
    takes: Takes::Flag,
    help: "Write the SQL to standard output instead of sending it to the database",
};
static TAG: Word = Word { names: &["--tag"], key: "tag", takes: Takes::Value, help: "A name that env.py can ask for" };
static VERBOSE: Word =
    Word { names: &["-v", "--verbose"], key: "verbose", takes: Takes::Flag, help: "Say more about each revision" };
static MESSAGE: Word =
    Word { names: &["-m", "--message"], key: "message", takes: Takes::Value, help: "What the revision is about" };
static BRANCH_LABEL: Word = Word {
    names: &["--branch-label"],
    key: "branch_label",
    takes: Takes::Value,
    help: "A label for the branch that begins with the new revision",
};
static REV_ID: Word = Word {
    names: &["--rev-id"],
    key: "rev_id",
    takes: Takes::Value,
    help: "The new revision's identifier instead of a random one",
};
static SPLICE: Word =
    Word { names: &["--splice"], key: "splice", takes: Takes::Flag, help: "Allow a parent that is not a head" };

static LATER: [Positional; 1] = [Positional {
    key: "revision",
    many: false,
    help: "where to: head, an identifier or its beginning, a branch's label@head, or a number of steps: +1",
}];
static EARLIER: [Positional; 1] = [Positional {
    key: "revision",
    many: false,
    help: "where to: base, an identifier or its beginning, or a number of steps: -1; with --sql as from:to",
}];
static REV: [Positional; 1] = [Positional {
    key: "rev",
    many: false,
    help: "an identifier or its beginning, \"head\", or \"current\" for the database's",
}];
static REVISIONS: [Positional; 1] =
    [Positional { key: "revisions", many: true, help: "one or more revisions, or \"heads\" for all heads" }];

/// The commands, sorted by name as Alembic lists them.
pub(super) static COMMANDS: [Grammar; 15] = [
    Grammar {
        name: "branches",
        help: "Show the points where the history branches.",
        options: &[&VERBOSE],
        positionals: &[],
    },
    Grammar {
        name: "check",
        help: "Say whether the models ask for a migration that does not exist yet.",
        options: &[],
        positionals: &[],
    },
    Grammar {
        name: "current",
        help: "Show the revision that the database is at.",
        options: &[
            &Word {
                names: &["-c", "--check-heads"],
                key: "check_heads",
                takes: Takes::Flag,
                help: "Fail unless the database is at all heads",
            },
            &VERBOSE,
        ],
        positionals: &[],
    },
    Grammar {
        name: "downgrade",
        help: "Go back to an earlier revision.",
        options: &[&SQL, &TAG],
        positionals: &EARLIER,
    },
    Grammar { name: "edit", help: "Open revision files in $EDITOR.", options: &[], positionals: &REV },
    Grammar {
        name: "ensure_version",
        help: "Create the version table if it is not there.",
        options: &[&SQL],
        positionals: &[],
    },
    Grammar {
        name: "heads",
        help: "Show the revisions that no other follows.",
        options: &[
            &VERBOSE,
            &Word {
                names: &["--resolve-dependencies"],
                key: "resolve_dependencies",
                takes: Takes::Flag,
                help: "Count a dependency as a parent",
            },
        ],
        positionals: &[],
    },
    Grammar {
        name: "history",
        help: "List the revisions, newest first.",
        options: &[
            &Word {
                names: &["-r", "--rev-range"],
                key: "rev_range",
                takes: Takes::Value,
                help: "Only these: [start]:[end]",
            },
            &VERBOSE,
            &Word {
                names: &["-i", "--indicate-current"],
                key: "indicate_current",
                takes: Takes::Flag,
                help: "Mark the database's revision",
            },
        ],
        positionals: &[],
    },
    Grammar {
        name: "init",
        help: "Make a new folder for migrations.",
        options: &[
            &Word {
                names: &["-t", "--template"],
                key: "template",
                takes: Takes::Value,
                help: "The template, see list_templates",
            },
            &Word {
                names: &["--package"],
                key: "package",
                takes: Takes::Flag,
                help: "Write __init__.py files, so that the folders are packages",
            },
        ],
        positionals: &[Positional { key: "directory", many: false, help: "where the folder will be" }],
    },
    Grammar { name: "list_templates", help: "List the templates of init.", options: &[], positionals: &[] },
    Grammar {
        name: "merge",
        help: "Make a revision that joins several heads.",
        options: &[&MESSAGE, &BRANCH_LABEL, &REV_ID, &SPLICE],
        positionals: &REVISIONS,
    },
    Grammar {
        name: "revision",
        help: "Make a new revision file.",
        options: &[
            &MESSAGE,
            &Word {
                names: &["--autogenerate"],
                key: "autogenerate",
                takes: Takes::Flag,
                help: "Fill it with what turns the database into the models",
            },
            &SQL,
            &Word {
                names: &["--head"],
                key: "head",
                takes: Takes::Value,
                help: "The parent: a head, or <branchname>@head",
            },
            &SPLICE,
            &BRANCH_LABEL,
            &Word {
                names: &["--version-path"],
                key: "version_path",
                takes: Takes::Value,
                help: "The folder for the file, one of version_locations",
            },
            &REV_ID,
            &Word {
                names: &["--depends-on"],
                key: "depends_on",
                takes: Takes::Values,
                help: "A revision that must come before this one; may be given several times",
            },
        ],
        positionals: &[],
    },
    Grammar { name: "show", help: "Show a revision in full.", options: &[], positionals: &REV },
    Grammar {
        name: "stamp",
        help: "Write revisions into the version table without running anything.",
        options: &[
            &SQL,
            &TAG,
            &Word { names: &["--purge"], key: "purge", takes: Takes::Flag, help: "Empty the version table first" },
        ],
        positionals: &REVISIONS,
    },
    Grammar { name: "upgrade", help: "Go on to a later revision.", options: &[&SQL, &TAG], positionals: &LATER },
];

/// The command of this name.
pub(super) fn command(name: &str) -> Option<&'static Grammar> {
    COMMANDS.iter().find(|grammar| grammar.name == name)
}

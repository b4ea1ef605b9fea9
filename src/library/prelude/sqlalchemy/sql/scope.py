"""What lowering one statement has to remember."""


class Scope:
    """`named`: values become parameters under SQLAlchemy's names (`id_1`), as `str()` shows them; otherwise they stand as literals."""

    def __init__(self, dialect=None, named=False, bare=False, given=()):
        self.dialect = dialect
        self.named = named
        # Columns without their tables: in CHECK constraints and indexes.
        self.bare = bare
        # Names of parameters that come with the execution.
        self.given = given
        self.parameters = {}
        self.counters = {}
        self.names = {}
        # What the enclosing SELECTs select from.
        self.enclosing = []
        # The CTEs met, by name.
        self.ctes = {}
        # `str()` shows columns of one table without its name in INSERT and UPDATE's SET.
        self.kept = []
        # Inside FROM, columns are written with their names: `t.id AS id`.
        self.labelled = False

    def anonymous(self, thing, base):
        """`base_1`, `base_2`, …: the same name for the same thing."""
        key = (id(thing), base)
        name = self.names.get(key)
        if name is None:
            number = self.counters.get(base, 0) + 1
            self.counters[base] = number
            name = "%s_%d" % (base, number)
            self.names[key] = name
            self.kept.append(thing)
        return name


BARE = Scope(bare=True)

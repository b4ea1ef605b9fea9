"""Relationships: how instances find each other through foreign keys."""

from ..sql.elements import ClauseElement, and_
from . import annotations
from .properties import MapperProperty

ONETOMANY = "ONETOMANY"
MANYTOONE = "MANYTOONE"
MANYTOMANY = "MANYTOMANY"


class Relationship(MapperProperty):
    annotation = None
    backref_of = None

    def __init__(
        self,
        argument=None,
        secondary=None,
        *,
        uselist=None,
        collection_class=None,
        primaryjoin=None,
        secondaryjoin=None,
        back_populates=None,
        order_by=None,
        backref=None,
        cascade="save-update, merge",
        viewonly=False,
        lazy="select",
        passive_deletes=False,
        remote_side=None,
        foreign_keys=None,
        **kw,
    ):
        self.argument = argument
        self.secondary = secondary
        self.uselist = uselist
        self.collection_class = collection_class
        self.primaryjoin = primaryjoin
        self.secondaryjoin = secondaryjoin
        self.back_populates = back_populates
        self.order_by = order_by
        self.backref = backref
        self.cascade = set(part.strip() for part in (cascade or "").split(","))
        self.viewonly = viewonly
        self.lazy = lazy
        self.passive_deletes = passive_deletes
        self.remote_side = remote_side
        self.foreign_keys_given = foreign_keys
        self.options = kw
        self._settled = False

    @property
    def _dataclass(self):
        return {key: self.options[key] for key in ("init", "repr", "default", "default_factory", "kw_only", "compare") if key in self.options}

    # Settling: names become classes, columns and a direction.

    def settle(self):
        if self._settled:
            return self
        self._settled = True
        self.target = self._class(self._argument())
        self.secondary = self._settled_table()
        parent = self.parent_class.__mapper__
        if self.secondary is not None:
            self.direction = MANYTOMANY
            self.pairs, self.secondary_pairs = self._through(parent)
        else:
            self.direction, self.pairs = self._direct(parent)
        if self.uselist is None:
            self.uselist = self.direction != MANYTOONE if self.annotation is None else self._annotated_list()
        if self.backref is not None:
            self._make_backref()
        return self

    def _argument(self):
        if self.argument is not None:
            return self.argument
        if self.annotation is None:
            from ..exc import ArgumentError

            raise ArgumentError("relationship '%s' expects a class or a mapper argument" % self.key)
        _, item = annotations.nullable_and_type(self.annotation.item, self.parent_class)
        arguments = getattr(item, "__args__", None)
        if arguments and not isinstance(item, type(self.parent_class)):
            item = arguments[-1]
        return getattr(item, "__forward_arg__", item)

    def _annotated_list(self):
        _, item = annotations.nullable_and_type(self.annotation.item, self.parent_class)
        if getattr(self.annotation.origin, "_lazy", None) is not None:
            return True
        if isinstance(item, str):
            return self.direction != MANYTOONE
        return getattr(item, "__args__", None) is not None and not hasattr(item, "__mapper__")

    def _class(self, argument):
        if callable(argument) and not isinstance(argument, type):
            argument = argument()
        if isinstance(argument, str):
            return self._named_class(argument)
        return getattr(argument, "class_", argument)

    def _named_class(self, name):
        short = name.strip("'\" ").split("[")[-1].rstrip("]").strip("'\"").split(".")[-1]
        found = self.parent_class.__mapper__.registry._class_registry.get(short)
        if found is None:
            from ..exc import InvalidRequestError

            raise InvalidRequestError(
                "When initializing mapper %s, expression %r failed to locate a name (%r). If this is a class name, consider"
                " adding this relationship() to the %r class after both dependent classes have been defined."
                % (self.parent_class.__mapper__, name, short, self.parent_class)
            )
        return found

    def _settled_table(self):
        given = self.secondary
        if callable(given) and not isinstance(given, ClauseElement):
            given = given()
        if isinstance(given, str):
            given = self.parent_class.metadata.tables[given]
        return getattr(given, "__table__", given)

    def _columns(self, given):
        """`foreign_keys=`, `remote_side=`: columns, lists, names, functions."""
        if given is None:
            return []
        if callable(given) and not isinstance(given, ClauseElement):
            given = given()
        if isinstance(given, str):
            given = [self._named_column(one) for one in given.strip("[] ").split(",") if one.strip()]
        if not isinstance(given, (list, tuple, set)):
            given = [given]
        return [self._named_column(one) if isinstance(one, str) else one for one in given]

    def _named_column(self, text):
        owner, _, name = text.strip().rpartition(".")
        if not owner:
            return self.parent_class.__mapper__.find_column(name)
        if owner.endswith(".c"):
            return self.parent_class.metadata.tables[owner[:-2]].c[name]
        return self._named_class(owner).__mapper__.find_column(name)

    def _direct(self, parent):
        """(direction, pairs of (column here, column there))."""
        target = self.target.__mapper__
        wanted = self._columns(self.foreign_keys_given)
        join = self._join_columns(self.primaryjoin)
        outward = self._links(parent.tables, target.tables, wanted, join)
        inward = self._links(target.tables, parent.tables, wanted, join)
        remote = self._columns(self.remote_side)
        if parent.base_mapper is target.base_mapper and outward:
            if remote and any(remote[0] is there for _, there in outward):
                return MANYTOONE, outward
            return ONETOMANY, [(there, here) for here, there in inward]
        if outward and not (inward and self._says_list()):
            self._unambiguous(outward, wanted, join)
            return MANYTOONE, outward
        if inward:
            self._unambiguous(inward, wanted, join)
            return ONETOMANY, [(there, here) for here, there in inward]
        if join:
            return self._written(parent, target, join)
        from ..exc import NoForeignKeysError

        raise NoForeignKeysError(
            "Could not determine join condition between parent/child tables on relationship %s.%s - there are no foreign"
            " keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or"
            " ForeignKeyConstraint, or specify a 'primaryjoin' expression." % (self.parent_class.__name__, self.key)
        )

    def _says_list(self):
        return self.annotation is not None and self._annotated_list()

    def _written(self, parent, target, join):
        """`primaryjoin` without foreign keys."""
        here = [(a, b) if any(a.table is one for one in parent.tables) else (b, a) for a, b in join]
        foreign = self._columns(self.foreign_keys_given)
        if foreign and any(foreign[0] is a for a, _ in here):
            return MANYTOONE, here
        return ONETOMANY, here

    def _join_columns(self, join):
        """The pairs that `primaryjoin` compares."""
        if join is None:
            return []
        if callable(join) and not isinstance(join, ClauseElement):
            join = join()
        if isinstance(join, str):
            return self._text_pairs(join)
        return _compared(join)

    def _text_pairs(self, text):
        """`"A.x == B.y"`, several joined by `and_(…)`."""
        text = text.strip()
        if text.startswith("and_(") and text.endswith(")"):
            text = text[5:-1]
        out = []
        for part in text.split(","):
            sides = part.split("==")
            if len(sides) == 2:
                pair = [self._named_column(_bare(one)) for one in sides]
                if None not in pair:
                    out.append(tuple(pair))
        return out

    def _links(self, here, there, wanted, join):
        """Pairs (column here that references, column there)."""
        found = []
        for table in here:
            for key in table.foreign_keys:
                referred = key._referred_or_none()
                if referred is None or not any(referred.table is one for one in there):
                    continue
                if wanted and not any(key.parent is one for one in wanted):
                    continue
                if join and not _among(join, key.parent, referred):
                    continue
                found.append((key.parent, referred))
        return found

    def _unambiguous(self, pairs, wanted, join):
        here = {id(one) for one, _ in pairs}
        constraints = {id(key.constraint) for one, _ in pairs for key in one.foreign_keys}
        if wanted or join or len(here) < 2 or len(constraints) < 2:
            return
        if len({id(there) for _, there in pairs}) == len(pairs):
            return
        from ..exc import AmbiguousForeignKeysError

        raise AmbiguousForeignKeysError(
            "Could not determine join condition between parent/child tables on relationship %s.%s - there are multiple"
            " foreign key paths linking the tables.  Specify the 'foreign_keys' argument, providing a list of those columns"
            " which should be counted as containing a foreign key reference to the parent table."
            % (self.parent_class.__name__, self.key)
        )

    def _through(self, parent):
        """Pairs parent–secondary and secondary–target."""
        target = self.target.__mapper__
        first = self._join_columns(self.primaryjoin)
        second = self._join_columns(self.secondaryjoin)
        here, there = [], []
        for key in self.secondary.foreign_keys:
            referred = key._referred_or_none()
            if referred is None:
                continue
            if any(referred.table is one for one in parent.tables) and (not first or _among(first, key.parent, referred)):
                if first or parent is not target or not here:
                    here.append((referred, key.parent))
                    continue
            if any(referred.table is one for one in target.tables) and (not second or _among(second, key.parent, referred)):
                there.append((key.parent, referred))
        return here, there

    def _make_backref(self):
        name, kw = self.backref if isinstance(self.backref, tuple) else (self.backref, {})
        owner = self.target
        if name in owner.__mapper__.own_properties:
            return
        kw = dict(kw)
        if self.secondary is not None:
            made = Relationship(self.parent_class, self.secondary, **kw)
        else:
            made = Relationship(self.parent_class, **kw)
        made.declare(owner, name)
        made._settled = True
        made.target = self.parent_class
        made.backref_of = self
        made.back_populates = self.key
        self.back_populates = name
        if self.direction == MANYTOMANY:
            made.direction = MANYTOMANY
            made.pairs = [(there, here) for here, there in self.secondary_pairs]
            made.secondary_pairs = [(there, here) for here, there in self.pairs]
        else:
            made.direction = MANYTOONE if self.direction == ONETOMANY else ONETOMANY
            made.pairs = [(there, here) for here, there in self.pairs]
        if made.uselist is None:
            made.uselist = made.direction != MANYTOONE
        owner.__mapper__.own_properties[name] = made
        setattr(owner, name, made)

    def declare(self, cls, key):
        MapperProperty.declare(self, cls, key)
        if self.backref is not None:
            pending = cls.__mapper__.registry.__dict__.setdefault("_pending_backrefs", [])
            pending.append(self)

    # As an attribute.

    def __get__(self, instance, owner=None):
        if instance is None:
            self.settle()
            return self
        if self.key in instance.__dict__:
            return instance.__dict__[self.key]
        return self.load(instance)

    def __set__(self, instance, value):
        self.settle()
        old = instance.__dict__.get(self.key)
        if self.uselist and value is not None:
            value = Collection(self, instance, value)
            self._detach_left(old, value)
        instance.__dict__[self.key] = value
        if not self.uselist:
            self._populate_back(instance, value, old)

    def __delete__(self, instance):
        self.__set__(instance, [] if self.uselist else None)

    def _detach_left(self, old, new):
        for one in old or ():
            if not any(one is two for two in new):
                new.removed.append(one)
                back = self.reverse()
                if back is not None and not back.uselist:
                    one.__dict__[back.key] = None

    def reverse(self):
        self.settle()
        if self.back_populates is None:
            return None
        found = self.target.__mapper__.properties().get(self.back_populates)
        return found.settle() if found is not None else None

    def _populate_back(self, instance, value, old):
        back = self.reverse()
        if back is None:
            return
        if old is not None and old is not value and back.uselist:
            there = old.__dict__.get(back.key)
            if there is not None and any(one is instance for one in there):
                there.take(instance)
        if value is not None:
            back.receive(value, instance)

    def receive(self, instance, other):
        """The other side was set: this side follows."""
        if self.uselist:
            there = instance.__dict__.get(self.key)
            if there is None:
                if instance.__dict__.get("_sa_instance_state") is not None:
                    # Loaded when it is asked for; by then the other side has been flushed.
                    return
                there = instance.__dict__[self.key] = Collection(self, instance, ())
            if not any(one is other for one in there):
                there.put(other)
        else:
            instance.__dict__[self.key] = other

    def load(self, instance):
        from .state import load_relationship

        return load_relationship(self.settle(), instance)

    # In expressions.

    @property
    def mapper(self):
        return self.settle().target.__mapper__

    @property
    def entity(self):
        return self.mapper

    @property
    def prop(self):
        return self.settle()

    @property
    def local_columns(self):
        return {here for here, _ in self.settle().pairs}

    def _condition(self, left=None, right=None):
        parts = []
        for here, there in self.settle().pairs:
            parts.append(_of(there, right) == _of(here, left))
        return and_(*parts)

    def _join_parent(self):
        return self.parent_class

    def _join_target(self, start, outer, full, onclause=None, target=None):
        """`.join(A.children)`."""
        from ..sql.selectable import Join, as_from

        self.settle()
        target = target if target is not None else as_from(self.target)
        if onclause is not None:
            return Join(start, target, onclause, outer, full)
        if self.secondary is None:
            return Join(start, target, self._condition(None, target), outer, full)
        first = and_(*[there == here for here, there in self.pairs])
        second = and_(*[_of(there, target) == here for here, there in self.secondary_pairs])
        return Join(Join(start, self.secondary, first, outer, full), target, second, outer, full)

    def __clause_element__(self):
        return self._condition()

    def has(self, criterion=None, **values):
        return self.any(criterion, **values)

    def any(self, criterion=None, **values):
        from ..sql.selectable import Select, as_from
        from ..sql.elements import literal_column

        self.settle()
        query = Select(literal_column("1")).select_from(as_from(self.target))
        if self.secondary is not None:
            query = query.select_from(self.secondary)
            query = query.where(and_(*[here == there for here, there in self.pairs]))
            query = query.where(and_(*[here == there for here, there in self.secondary_pairs]))
        else:
            query = query.where(self._condition())
        if criterion is not None:
            query = query.where(criterion)
        for key, value in values.items():
            query = query.where(getattr(self.target, key) == value)
        return query.exists()

    def contains(self, other):
        return and_(*[here == getattr(other, there._attribute) for here, there in self.settle().pairs])

    def __eq__(self, other):
        self.settle()
        if other is None:
            return and_(*[here == None for here, _ in self.pairs])  # noqa: E711
        return and_(*[here == getattr(other, there._attribute) for here, there in self.pairs])

    def __ne__(self, other):
        return ~self.__eq__(other)

    def __hash__(self):
        return id(self)

    def is_(self, other):
        return self == other

    def of_type(self, cls):
        return self

    def and_(self, *conditions):
        return self

    # Last, because from here on the name means the attribute.
    property = prop


RelationshipProperty = Relationship


def _of(column, selectable):
    """A column as a part of an alias."""
    if selectable is None or column.table is selectable:
        return column
    found = selectable.corresponding_column(column)
    return column if found is None else found


def _bare(text):
    text = text.strip()
    for mark in ("foreign(", "remote("):
        while text.startswith(mark):
            text = text[len(mark) :].rstrip(")")
    return text.strip("() ")


def _compared(condition):
    out = []
    for one in getattr(condition, "clauses", [condition]):
        left, right = getattr(one, "left", None), getattr(one, "right", None)
        if getattr(left, "_is_column", False) and getattr(right, "_is_column", False):
            out.append((left, right))
    return out


def _among(join, one, other):
    return any((a is one and b is other) or (a is other and b is one) for a, b in join)


class Collection(list):
    """The instances of a relationship; the other side follows what is done to it."""

    def __init__(self, relationship, owner, items=()):
        list.__init__(self)
        self.relationship = relationship
        self.owner = owner
        self.removed = []
        for one in items:
            self.append(one)

    def put(self, item):
        list.append(self, item)

    def take(self, item):
        for at, one in enumerate(self):
            if one is item:
                list.pop(self, at)
                self.removed.append(item)
                return

    def append(self, item):
        list.append(self, item)
        back = self.relationship.reverse()
        if back is not None:
            back.receive(item, self.owner)

    add = append

    def extend(self, items):
        for one in items:
            self.append(one)

    def insert(self, at, item):
        list.insert(self, at, item)
        back = self.relationship.reverse()
        if back is not None:
            back.receive(item, self.owner)

    def remove(self, item):
        list.remove(self, item)
        self._left(item)

    discard = remove

    def pop(self, at=-1):
        item = list.pop(self, at)
        self._left(item)
        return item

    def clear(self):
        for one in list(self):
            self.remove(one)

    def _left(self, item):
        self.removed.append(item)
        back = self.relationship.reverse()
        if back is not None and not back.uselist:
            item.__dict__[back.key] = None


def relationship(argument=None, secondary=None, **kw):
    return Relationship(argument, secondary, **kw)


def dynamic_loader(argument=None, **kw):
    kw["lazy"] = "dynamic"
    return Relationship(argument, **kw)


def backref(name, **kw):
    return (name, kw)


def foreign(expr):
    return expr


def remote(expr):
    return expr


def _dict_collection(*args, **kw):
    return dict


attribute_keyed_dict = attribute_mapped_collection = _dict_collection
column_keyed_dict = column_mapped_collection = _dict_collection
keyfunc_mapping = mapped_collection = _dict_collection


class AppenderQuery:
    pass

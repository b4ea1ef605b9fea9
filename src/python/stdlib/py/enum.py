"""Enumerations: classes whose attributes are their only instances."""

from _enum_checks import CONTINUOUS, NAMED_FLAGS, UNIQUE, EnumCheck, global_enum, unique, verify
from _enum_flags import CONFORM, EJECT, KEEP, STRICT, Flag, FlagBoundary, IntFlag, _all_bits, _is_single_bit
from types import DynamicClassAttribute, MappingProxyType

__all__ = [
    "EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property",
    "verify", "member", "nonmember", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "STRICT", "CONFORM", "EJECT", "KEEP",
    "FlagBoundary", "EnumCheck", "global_enum",
]

_property = property


class auto:
    """A value that is chosen when the class is complete; flags may already be combined."""

    def __init__(self, value=None, parts=None):
        self.value = value
        self._parts = parts

    def __or__(self, other):
        return auto(parts=(lambda a, b: a | b, self, other))

    __ror__ = __or__

    def __and__(self, other):
        return auto(parts=(lambda a, b: a & b, self, other))

    def __xor__(self, other):
        return auto(parts=(lambda a, b: a ^ b, self, other))

    def __invert__(self):
        return auto(parts=(lambda a, b: ~a, self, 0))


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class property(DynamicClassAttribute):
    """A property of members; a member of the same name is what the class answers."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            members = owner.__dict__.get("_member_map_", {})
            if self.name in members:
                return members[self.name]
            raise AttributeError(f"{owner!r} has no attribute {self.name!r}")
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {type(instance).__name__!r}> cannot set attribute {self.name!r}")
        self.fset(instance, value)


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_"


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or hasattr(value, "__delete__")


_VALUE_TYPES = (int, float, str, bytes, tuple, list, dict, set, frozenset)


def _is_candidate(cls_name, name, value):
    if _is_dunder(name) or _is_sunder(name) or name.startswith(f"_{cls_name}__"):
        return False
    if isinstance(value, nonmember):
        return False
    return isinstance(value, (member, auto)) or not _is_descriptor(value)


def _data_type(bases):
    """The type that members are values of, beside being members."""
    for base in bases:
        for cls in base.__mro__:
            if cls is object:
                continue
            if "_member_type_" in cls.__dict__:
                if cls._member_type_ is not object:
                    return cls._member_type_
                continue
            if isinstance(cls, EnumType):
                continue
            if cls in _VALUE_TYPES or "__new__" in cls.__dict__ or "__dataclass_fields__" in cls.__dict__:
                return base if issubclass(base, cls) and not isinstance(base, EnumType) else cls
    return object


class EnumType(type):
    def __new__(metacls, name, bases, namespace, *, boundary=None, _simple=False, **kwds):
        if name in ("Enum", "ReprEnum", "IntEnum", "StrEnum", "Flag", "IntFlag") and namespace.get("_of_this_module_"):
            cls = super().__new__(metacls, name, bases, namespace, **kwds)
            cls._member_type_ = _data_type(bases) if bases else object
            cls._start(boundary)
            cls._cover()
            return cls
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError(f"<enum {name!r}> cannot extend {base!r}")
        ignored = namespace.get("_ignore_", ())
        ignored = ignored.replace(",", " ").split() if isinstance(ignored, str) else list(ignored)
        values, rest = {}, {}
        for key, value in namespace.items():
            if key in ignored or key == "_ignore_":
                continue
            if _is_candidate(name, key, value):
                values[key] = value.value if isinstance(value, member) else value
            else:
                rest[key] = value.value if isinstance(value, nonmember) else value
        if "mro" in values:
            raise ValueError("invalid enum member name(s) 'mro'")
        cls = super().__new__(metacls, name, bases, rest, **kwds)
        cls._member_type_ = _data_type(bases)
        cls._start(boundary)
        cls._cover()
        cls._fill(values)
        return cls

    def __init__(cls, *args, **kwds):
        super().__init__(*args[:3])

    def _start(cls, boundary):
        cls._member_names_ = []
        cls._member_map_ = {}
        cls._value2member_map_ = {}
        cls._unhashable_ = []
        cls._boundary_ = boundary or getattr(cls, "_boundary_", None)

    def _cover(cls):
        """Where the type of the values would be asked first, the enumeration's own methods are put before it."""
        for name in ("__repr__", "__str__", "__format__"):
            for base in cls.__mro__:
                if base is object or base in cls._member_type_.__mro__:
                    type.__setattr__(cls, name, getattr(cls.__bases__[-1], name))
                    break
                if name in base.__dict__:
                    break

    def _fill(cls, values):
        taken = []
        known = {}
        for name, value in values.items():
            value = known[name] = cls._chosen(name, value, taken, known)
            taken.append(value)
            cls._add(name, value)
        if cls._boundary_ is not None:
            masks = [one._value_ for one in cls._member_map_.values() if isinstance(one._value_, int)]
            cls._flag_mask_ = _all_bits(masks)
            cls._member_names_ = [
                name for name in cls._member_names_ if _is_single_bit(cls._member_map_[name]._value_)
            ]

    def _chosen(cls, name, value, taken, known):
        """The value of a member, with its autos settled."""
        if isinstance(value, auto):
            if value._parts is not None:
                combine, left, right = value._parts
                value.value = combine(
                    cls._chosen(name, left, taken, known) if isinstance(left, auto) else left,
                    cls._chosen(name, right, taken, known) if isinstance(right, auto) else right,
                )
            elif value.value is None:
                value.value = cls._generate_next_value_(name, 1, len(cls._member_map_), taken[:])
            return value.value
        if type(value) is tuple and any(isinstance(part, auto) for part in value):
            return tuple(cls._chosen(name, part, taken, known) if isinstance(part, auto) else part for part in value)
        return value

    def _add(cls, name, value):
        data = cls._member_type_
        args = value if isinstance(value, tuple) else (value,)
        if data is tuple:
            args = (args,)
        maker = cls._maker()
        if maker is None:
            one = object.__new__(cls) if data is object else data.__new__(cls, *args)
        else:
            one = maker(cls, *args)
        if not hasattr(one, "_value_"):
            if data is object or maker is not None and maker is not data.__new__:
                one._value_ = value
            else:
                try:
                    one._value_ = data(*args)
                except Exception as error:
                    raise TypeError("_value_ not set in __new__, unable to create it") from error
        one._name_ = name
        one.__objclass__ = cls
        one._sort_order_ = len(cls._member_names_)
        if cls.__init__ is not Enum.__init__:
            one.__init__(*args)
        one = cls._alias_of(one) or one
        if one._name_ == name:
            cls._member_names_.append(name)
            try:
                cls._value2member_map_.setdefault(one._value_, one)
            except TypeError:
                cls._unhashable_.append(one)
        cls._member_map_[name] = one
        type.__setattr__(cls, name, one)

    def _alias_of(cls, one):
        for known in cls._member_map_.values():
            if known._value_ is one._value_ or known._value_ == one._value_:
                return known
        return None

    def _maker(cls):
        """A `__new__` that the user wrote."""
        for base in cls.__mro__:
            if base in _OWN or base is cls._member_type_ or base is object:
                continue
            if "__new__" in base.__dict__ and isinstance(base, EnumType):
                found = base.__dict__["__new__"]
                return found.__func__ if isinstance(found, staticmethod) else found
        return None

    def __call__(cls, *args, names=None, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_ or (len(args) == 1 and names is None):
            if not cls._member_map_ and cls in _OWN:
                raise TypeError(f"{cls!r} has no members defined")
            return cls._find(args[0] if len(args) == 1 else args)
        name = args[0]
        if names is None:
            names = args[1]
        return cls._create(name, names, module, qualname, type, start)

    def _find(cls, value):
        if builtins_type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            pass
        for one in cls._member_map_.values():
            if one._value_ == value:
                return one
        error = None
        try:
            found = cls._missing_(value)
        except Exception as raised:
            error, found = raised, None
        if isinstance(found, cls):
            return found
        wrong = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        if found is None and error is None:
            raise wrong
        if error is None:
            error = TypeError(
                f"error in {cls.__name__}._missing_: returned {found!r} instead of None or a valid member"
            )
        if not isinstance(error, ValueError):
            error.__context__ = wrong
        raise error

    def _create(cls, name, names, module, qualname, mixin, start):
        bases = (cls,) if mixin is None else (mixin, cls)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            taken, pairs = [], []
            for index, one in enumerate(names):
                value = cls._generate_next_value_(one, start, index, taken[:])
                taken.append(value)
                pairs.append((one, value))
        else:
            pairs = names.items() if isinstance(names, dict) else names
        namespace = dict(pairs)
        namespace["__module__"] = module or "__main__"
        namespace["__qualname__"] = qualname or name
        return builtins_type(cls)(name, bases, namespace)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_
        except TypeError:
            return any(one._value_ == value for one in cls._unhashable_)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    @_property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    def __repr__(cls):
        if cls._boundary_ is not None:
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __dir__(cls):
        return sorted([*cls._member_names_, *super().__dir__()])


builtins_type = type
EnumMeta = EnumType
_OWN = []


class Enum(metaclass=EnumType):
    _of_this_module_ = True

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        numbers = [value for value in last_values if isinstance(value, (int, float))]
        if len(numbers) != len(last_values):
            raise TypeError("unable to sort non-numeric values")
        return max(numbers) + 1

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        shown = self.__class__._value_repr(self._value_)
        return f"<{self.__class__.__name__}.{self._name_}: {shown}>"

    @classmethod
    def _value_repr(cls, value):
        return repr(value)

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __dir__(self):
        return ["__class__", "__doc__", "__module__", "name", "value"]


class ReprEnum(Enum):
    """Only the repr is an enumeration's; text and format are those of the value."""

    _of_this_module_ = True


class IntEnum(int, ReprEnum):
    _of_this_module_ = True
    __str__ = int.__repr__
    __format__ = int.__format__

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, ReprEnum):
    _of_this_module_ = True
    __str__ = str.__str__
    __format__ = str.__format__

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if values and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        one = str.__new__(cls, *values)
        one._value_ = str(*values)
        return one

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __hash__(self):
        return hash(self._value_)


_OWN.extend([Enum, ReprEnum, IntEnum])

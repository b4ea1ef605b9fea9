"""What a value tells about itself."""

import types

_EMPTY = type("_empty", (), {})
CO_VARARGS, CO_VARKEYWORDS, CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR = 4, 8, 32, 128, 512


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object)


def iscode(object):
    return isinstance(object, types.CodeType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def ismethoddescriptor(object):
    cls = type(object)
    return hasattr(cls, "__get__") and not hasattr(cls, "__set__") and not isroutine(object) and not isclass(object)


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    return iscoroutine(object) or hasattr(type(object), "__await__")


def _flags(object):
    object = getattr(object, "func", object) if type(object).__name__ == "partial" else object
    object = getattr(object, "__func__", object)
    return object.__code__.co_flags if isfunction(object) else 0


def isgeneratorfunction(obj):
    return bool(_flags(obj) & CO_GENERATOR)


def iscoroutinefunction(obj):
    return bool(_flags(obj) & CO_COROUTINE)


def isasyncgenfunction(obj):
    return bool(_flags(obj) & CO_ASYNC_GENERATOR)


def isasyncgen(object):
    return hasattr(object, "asend") and hasattr(object, "__anext__")


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", ()))


def isdatadescriptor(object):
    return not isclass(object) and (hasattr(type(object), "__set__") or hasattr(type(object), "__delete__"))


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getattr_static(obj, attr, default=_EMPTY):
    own = getattr(obj, "__dict__", {})
    if attr in own:
        return own[attr]
    for base in (obj if isinstance(obj, type) else type(obj)).__mro__:
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default is _EMPTY:
        raise AttributeError(attr)
    return default


def getmro(cls):
    return cls.__mro__


def getmodule(object):
    import sys

    return object if ismodule(object) else sys.modules.get(getattr(object, "__module__", None))


def getmodulename(path):
    import os

    name, suffix = os.path.splitext(os.path.basename(path))
    return name if suffix == ".py" else None


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip(" ")] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def getfile(object):
    if ismodule(object):
        return object.__file__
    if isclass(object):
        return getmodule(object).__file__
    return getattr(object, "__func__", object).__code__.co_filename


getsourcefile = getfile


def getsource(object):
    raise OSError("could not get source code")


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=None):
    found = getattr(obj, "__annotations__", None) or {}
    if not eval_str:
        return dict(found)
    names = globals or getattr(obj, "__globals__", {})
    return {name: eval(hint, names, locals) if isinstance(hint, str) else hint for name, hint in found.items()}


class _Kind(int):
    def __new__(cls, value, name, description):
        self = int.__new__(cls, value)
        self.name, self.description = name, description
        return self

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name


class Parameter:
    empty = _EMPTY
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")

    def __init__(self, name, kind, *, default=_EMPTY, annotation=_EMPTY):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        values = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation, **changes}
        return Parameter(values.pop("name"), values.pop("kind"), **values)

    def __str__(self):
        shown = {2: "*", 4: "**"}.get(int(self.kind), "") + self.name
        if self.annotation is not _EMPTY:
            shown += f": {formatannotation(self.annotation)}"
        if self.default is not _EMPTY:
            shown += f" = {self.default!r}" if self.annotation is not _EMPTY else f"={self.default!r}"
        return shown

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default, self.annotation) == (
            other.name, other.kind, other.default, other.annotation
        )

    def __hash__(self):
        return hash((self.name, int(self.kind)))


def formatannotation(annotation):
    import typing

    if isinstance(annotation, str):
        return repr(annotation)
    return typing._shown(annotation).replace("typing.", "")


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        values = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind >= 3 or name not in self.arguments:
                break
            if parameter.kind == 2:
                values.extend(self.arguments[name])
            else:
                values.append(self.arguments[name])
        return tuple(values)

    @property
    def kwargs(self):
        values = {}
        given = len(self.args)
        for place, (name, parameter) in enumerate(self.signature.parameters.items()):
            if name not in self.arguments or (parameter.kind < 3 and place < given):
                continue
            if parameter.kind == 4:
                values.update(self.arguments[name])
            elif parameter.kind != 2:
                values[name] = self.arguments[name]
        return values

    def apply_defaults(self):
        filled = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _EMPTY:
                filled[name] = parameter.default
            elif parameter.kind == 2:
                filled[name] = ()
            elif parameter.kind == 4:
                filled[name] = {}
        self.arguments = filled


class Signature:
    empty = _EMPTY

    def __init__(self, parameters=None, *, return_annotation=_EMPTY):
        self.parameters = types.MappingProxyType({one.name: one for one in parameters or ()})
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kwargs):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        kept = list(self.parameters.values()) if parameters is None else parameters
        return Signature(kept, return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def bind(self, /, *args, **kwargs):
        return self._bound(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bound(args, kwargs, True)

    def _bound(self, args, kwargs, partial):
        arguments, left = {}, list(args)
        for name, one in self.parameters.items():
            if one.kind == 2:
                if left:
                    arguments[name] = tuple(left)
                left = []
            elif one.kind == 4:
                if kwargs:
                    arguments[name] = dict(kwargs)
                kwargs = {}
            elif left and one.kind < 2:
                if name in kwargs and one.kind == 1:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = left.pop(0)
            elif name in kwargs and one.kind != 0:
                arguments[name] = kwargs[name]
                kwargs = {key: value for key, value in kwargs.items() if key != name}
            elif one.default is _EMPTY and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if left:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def __str__(self):
        shown, kinds = [], [one.kind for one in self.parameters.values()]
        for place, one in enumerate(self.parameters.values()):
            if one.kind == 3 and 2 not in kinds[:place] and 3 not in kinds[:place]:
                shown.append("*")
            shown.append(str(one))
            if one.kind == 0 and 0 not in kinds[place + 1:]:
                shown.append("/")
        result = "" if self.return_annotation is _EMPTY else f" -> {formatannotation(self.return_annotation)}"
        return f"({', '.join(shown)}){result}"

    def __repr__(self):
        return f"<Signature {self}>"

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values())


def _of_function(function):
    code = function.__code__
    names = code.co_varnames
    positional, keyword_only = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    hints = getattr(function, "__annotations__", None) or {}
    parameters = []
    for place, name in enumerate(names[:positional]):
        kind = Parameter.POSITIONAL_ONLY if place < code.co_posonlyargcount else Parameter.POSITIONAL_OR_KEYWORD
        back = place - (positional - len(defaults))
        default = defaults[back] if back >= 0 else _EMPTY
        parameters.append(Parameter(name, kind, default=default, annotation=hints.get(name, _EMPTY)))
    at = positional + keyword_only
    if code.co_flags & CO_VARARGS:
        name = names[at]
        at += 1
        parameters.append(Parameter(name, Parameter.VAR_POSITIONAL, annotation=hints.get(name, _EMPTY)))
    for name in names[positional:positional + keyword_only]:
        default = keyword_defaults.get(name, _EMPTY)
        parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hints.get(name, _EMPTY)))
    if code.co_flags & CO_VARKEYWORDS:
        name = names[at]
        parameters.append(Parameter(name, Parameter.VAR_KEYWORD, annotation=hints.get(name, _EMPTY)))
    return Signature(parameters, return_annotation=hints.get("return", _EMPTY))


def _of_dataclass(ordered):
    import dataclasses

    parameters = [Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)]
    for one in ordered:
        default = one.default
        if default is dataclasses.MISSING:
            default = _EMPTY if one.default_factory is dataclasses.MISSING else dataclasses._FACTORY
        kind = Parameter.KEYWORD_ONLY if one.kw_only else Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(Parameter(one.name, kind, default=default, annotation=one.type))
    return Signature(parameters, return_annotation=None)


def signature(obj, *, follow_wrapped=True, **kwargs):
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda one: hasattr(one, "__signature__"))
    own = getattr(obj, "__signature__", None)
    if own is not None:
        return own
    if ismethod(obj):
        return _without_first(signature(obj.__func__))
    if hasattr(obj, "_dataclass_parameters"):
        return _of_dataclass(obj._dataclass_parameters)
    if isfunction(obj):
        return _of_function(obj)
    if isclass(obj):
        for name in ("__new__", "__init__"):
            for base in obj.__mro__[:-1]:
                method = base.__dict__.get(name)
                if method is not None:
                    method = getattr(method, "__func__", method)
                    if isfunction(method):
                        return _without_first(signature(method)).replace(return_annotation=_EMPTY)
        return Signature()
    if type(obj).__name__ == "partial":
        return _of_partial(obj)
    call = getattr(type(obj), "__call__", None)
    if isfunction(call):
        return _without_first(signature(call))
    raise ValueError(f"no signature found for builtin {obj!r}")


def _of_partial(obj):
    inner = signature(obj.func)
    kept = []
    for place, one in enumerate(inner.parameters.values()):
        if place < len(obj.args):
            continue
        if one.name in obj.keywords:
            one = one.replace(default=obj.keywords[one.name], kind=Parameter.KEYWORD_ONLY)
        kept.append(one)
    return inner.replace(parameters=kept)


def _without_first(found):
    kept = list(found.parameters.values())
    return found.replace(parameters=kept if kept and kept[0].kind == 2 else kept[1:])


class FullArgSpec(tuple):
    args = property(lambda self: self[0])
    varargs = property(lambda self: self[1])
    varkw = property(lambda self: self[2])
    defaults = property(lambda self: self[3])
    kwonlyargs = property(lambda self: self[4])
    kwonlydefaults = property(lambda self: self[5])
    annotations = property(lambda self: self[6])


def getfullargspec(func):
    found = signature(func).parameters.values()
    if ismethod(func):
        found = [Parameter(func.__func__.__code__.co_varnames[0], Parameter.POSITIONAL_OR_KEYWORD), *found]
    named = [one for one in found if one.kind < 2]
    only = [one for one in found if one.kind == 3]
    return FullArgSpec((
        [one.name for one in named], next((one.name for one in found if one.kind == 2), None),
        next((one.name for one in found if one.kind == 4), None),
        tuple(one.default for one in named if one.default is not _EMPTY) or None, [one.name for one in only],
        {one.name: one.default for one in only if one.default is not _EMPTY} or None,
        {one.name: one.annotation for one in found if one.annotation is not _EMPTY},
    ))


def currentframe():
    import sys

    return sys._getframe(0)


def stack(context=1):
    from traceback import FrameSummary
    import _frames

    found = []
    for path, function, line, _ in _frames.visible():
        one = FrameSummary(path, line, function)
        one.function = function
        found.append(one)
    return found

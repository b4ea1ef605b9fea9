"""Alphabets, and templates with dollar signs."""

import re as _re
import _text

whitespace = " \t\n\r\x0b\x0c"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class Template:
    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None

    def __init__(self, template):
        self.template = template

    @classmethod
    def _compiled(cls):
        found = cls.__dict__.get("_pattern")
        if found is None:
            mark = _re.escape(cls.delimiter)
            braced = cls.braceidpattern or cls.idpattern
            found = cls._pattern = _re.compile(
                rf"{mark}(?:(?P<escaped>{mark})|(?P<named>{cls.idpattern})|{{(?P<braced>{braced})}}|(?P<invalid>))",
                _re.IGNORECASE,
            )
        return found

    def _invalid(self, match):
        at = match.start("invalid")
        lines = self.template[:at].splitlines(keepends=True)
        column = at - len("".join(lines[:-1])) if lines else 1
        raise ValueError(f"Invalid placeholder in string: line {max(len(lines), 1)}, col {column}")

    def substitute(self, mapping={}, /, **kws):
        values = {**mapping, **kws}

        def replaced(match):
            name = match.group("named") or match.group("braced")
            if name is not None:
                return str(values[name])
            if match.group("escaped") is not None:
                return self.delimiter
            self._invalid(match)

        return self._compiled().sub(replaced, self.template)

    def safe_substitute(self, mapping={}, /, **kws):
        values = {**mapping, **kws}

        def replaced(match):
            name = match.group("named") or match.group("braced")
            if name is not None:
                return str(values[name]) if name in values else match.group()
            return self.delimiter if match.group("escaped") is not None else match.group()

        return self._compiled().sub(replaced, self.template)

    def get_identifiers(self):
        names = []
        for match in self._compiled().finditer(self.template):
            name = match.group("named") or match.group("braced")
            if name is not None and name not in names:
                names.append(name)
        return names

    def is_valid(self):
        return all(match.group("invalid") is None for match in self._compiled().finditer(self.template))


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result = self._vformat(format_string, args, kwargs, used, [0])
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, auto):
        parts = []
        for literal, name, spec, conversion in self.parse(format_string):
            parts.append(literal)
            if name is None:
                continue
            if name == "" or name[0] in ".[":
                name = f"{auto[0]}{name}"
                auto[0] += 1
            obj, key = self.get_field(name, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            parts.append(self.format_field(obj, self._vformat(spec, args, kwargs, used, auto) if spec else ""))
        return "".join(parts)

    def parse(self, format_string):
        return _text.fields(format_string)

    def get_field(self, field_name, args, kwargs):
        first, steps = _text.path(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, step in steps:
            obj = getattr(obj, step) if is_attribute else obj[step]
        return obj, first

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        functions = {"s": str, "r": repr, "a": ascii}
        if conversion not in functions:
            raise ValueError(f"Unknown conversion specifier {conversion!s}")
        return functions[conversion](value)

    def format_field(self, value, format_spec):
        return format(value, format_spec)

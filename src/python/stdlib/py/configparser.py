"""Ini files."""

import re
import _text
from collections.abc import MutableMapping
from posixpath import fspath

__all__ = [
    "NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError", "InterpolationError",
    "InterpolationDepthError", "InterpolationMissingOptionError", "InterpolationSyntaxError", "ParsingError",
    "MissingSectionHeaderError", "ConfigParser", "RawConfigParser", "SafeConfigParser", "Interpolation",
    "BasicInterpolation", "ExtendedInterpolation", "SectionProxy", "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH",
]

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        super().__init__(msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f"No section: {section!r}")
        self.section = section


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = f"While reading from {source!r} [line {lineno:2d}]: section {section!r} already exists" if source else f"Section {section!r} already exists"
        super().__init__(where)
        self.section, self.source, self.lineno = section, source, lineno


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        shown = f"ption {option!r} in section {section!r} already exists"
        super().__init__(f"While reading from {source!r} [line {lineno:2d}]: o{shown}" if source else f"O{shown}")
        self.section, self.option, self.source, self.lineno = section, option, source, lineno


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f"No option {option!r} in section: {section!r}")
        self.option, self.section = option, section


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        super().__init__(msg)
        self.option, self.section = option, section


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        super().__init__(
            option, section,
            f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation key "
            f"{reference!r} which is not a valid option name. Raw value: {rawval!r}",
        )
        self.reference = reference


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        super().__init__(
            option, section,
            f"Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains an "
            f"interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}",
        )


class ParsingError(Error):
    def __init__(self, source):
        super().__init__(f"Source contains parsing errors: {source!r}")
        self.source, self.errors = source, []

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f"\n\t[line {lineno:2d}]: {line!r}"


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f"File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}")
        self.source, self.lineno, self.line = filename, lineno, line


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value


class BasicInterpolation(Interpolation):
    """`%(name)s`, and `%%` for a percent sign."""

    def before_get(self, parser, section, option, value, defaults):
        return self._expanded(parser, option, value, section, defaults, 1)

    def before_set(self, parser, section, option, value):
        left = re.sub(r"%\(([^)]+)\)s", "", value.replace("%%", ""))
        if "%" in left:
            raise ValueError(f"invalid interpolation syntax in {value!r} at position {left.find('%'):d}")
        return value

    def _expanded(self, parser, option, rest, section, values, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        out = []
        while rest:
            before, percent, after = rest.partition("%")
            out.append(before)
            if not percent:
                break
            if after[:1] == "%":
                out.append("%")
                rest = after[1:]
                continue
            if after[:1] != "(":
                raise InterpolationSyntaxError(
                    option, section, f"'%' must be followed by '%' or '(', found: {'%' + after!r}"
                )
            end = after.find(")")
            if end < 2 or after[end + 1 : end + 2] != "s":
                raise InterpolationSyntaxError(
                    option, section, f"bad interpolation variable reference {'%' + after!r}"
                )
            name = parser.optionxform(after[1:end])
            if name not in values:
                raise InterpolationMissingOptionError(option, section, raw, name)
            value = values[name]
            if "%" in value:
                value = self._expanded(parser, option, value, section, values, depth + 1)
            out.append(value)
            rest = after[end + 2:]
        return "".join(out)


class ExtendedInterpolation(Interpolation):
    """`${name}` and `${section:name}`."""

    def before_get(self, parser, section, option, value, defaults):
        def replaced(match):
            if match.group() == "$$":
                return "$"
            where, colon, name = match.group(1).rpartition(":")
            return parser.get(where, name) if colon else parser.get(section, name)

        return re.sub(r"\$\$|\$\{([^}]+)\}", replaced, value)


class RawConfigParser(MutableMapping):
    _default_interpolation = Interpolation
    BOOLEAN_STATES = {
        "1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False,
    }

    def __init__(
        self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"), comment_prefixes=("#", ";"),
        inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT,
        interpolation=_UNSET, converters=None, allow_unnamed_section=False,
    ):
        self._sections, self._defaults = {}, {}
        self._allow_no_value, self._delimiters, self._strict = allow_no_value, tuple(delimiters), strict
        self._comments, self._inline = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._empty_lines, self.default_section = empty_lines_in_values, default_section
        #: Whether files are written for it as for `ConfigParser()`.
        self._usual = not (allow_no_value or inline_comment_prefixes) and empty_lines_in_values and strict and (
            self._delimiters == ("=", ":") and self._comments == ("#", ";") and default_section == DEFAULTSECT
        )
        given = self._default_interpolation() if interpolation is _UNSET else interpolation
        self._interpolation = given or Interpolation()
        self._proxies = {default_section: SectionProxy(self, default_section)}
        for name, value in (defaults or {}).items():
            self._defaults[self.optionxform(name)] = None if value is None else str(value)

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section in self._sections:
            raise DuplicateSectionError(section)
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        self._sections[section] = {}
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        found = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as file:
                    text = file.read()
            except OSError:
                continue
            if not self._read_at_once(text):
                self._read(text.splitlines(True), fspath(filename))
            found.append(fspath(filename))
        return found

    def _read_at_once(self, text):
        """Lets the engine read a file as everybody writes them. Where anything is special, it is read line by line."""
        if self._sections or not self._usual or type(self) not in (ConfigParser, RawConfigParser):
            return False
        if "optionxform" in self.__dict__ or type(self._interpolation) not in (BasicInterpolation, Interpolation):
            return False
        read = _text.ini(text)
        if read is None:
            return False
        self._defaults.update(read[0])
        self._sections = read[1]
        for name in self._sections:
            self._proxies[name] = SectionProxy(self, name)
        return True

    def read_file(self, f, source=None):
        self._read(f, source or getattr(f, "name", "<???>"))

    def read_string(self, string, source="<string>"):
        self._read(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        for section, values in dictionary.items():
            section = str(section)
            if section != self.default_section and section not in self._sections:
                self.add_section(section)
            for key, value in values.items():
                self.set(section, str(key), None if value is None else str(value))

    def _read(self, lines, source):
        state = _Reading(self, source)
        for lineno, line in enumerate(lines, start=1):
            state.line(lineno, line)
        state.finish()

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            values = self._values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in values:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = values[option]
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    def _values(self, section, vars=None):
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        values = {**self._defaults, **self._sections.get(section, {})}
        for name, value in (vars or {}).items():
            values[self.optionxform(name)] = None if value is None else str(value)
        return values

    def _converted(self, section, option, convert, fallback, options):
        try:
            return convert(self.get(section, option, **options))
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(section, option, int, fallback, options)

    def getfloat(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(section, option, float, fallback, options)

    def getboolean(self, section, option, *, fallback=_UNSET, **options):
        return self._converted(section, option, self._boolean, fallback, options)

    def _boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return super().items()
        values = self._values(section, vars)
        shown = {}
        for name, value in values.items():
            plain = raw or value is None
            shown[name] = value if plain else self._interpolation.before_get(self, section, name, value, values)
        return list(shown.items())

    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            self._defaults[self.optionxform(option)] = value
        elif section in self._sections:
            self._sections[section][self.optionxform(option)] = value
        else:
            raise NoSectionError(section)

    def remove_option(self, section, option):
        if section != self.default_section and section not in self._sections:
            raise NoSectionError(section)
        values = self._defaults if section == self.default_section else self._sections[section]
        return values.pop(self.optionxform(option), _UNSET) is not _UNSET

    def remove_section(self, section):
        self._proxies.pop(section, None) if section != self.default_section else None
        return self._sections.pop(section, None) is not None

    def write(self, fp, space_around_delimiters=True):
        delimiter = f" {self._delimiters[0]} " if space_around_delimiters else self._delimiters[0]
        sections = {self.default_section: self._defaults} if self._defaults else {}
        for section, values in {**sections, **self._sections}.items():
            fp.write(f"[{section}]\n")
            for name, value in values.items():
                shown = "" if value is None else delimiter + str(value).replace("\n", "\n\t")
                fp.write(f"{name}{shown}\n")
            fp.write("\n")

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key not in self._sections:
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or key in self._sections

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section, *self._sections])


class _Reading:
    """The state between the lines of an ini file."""

    def __init__(self, parser, source):
        self.parser, self.source = parser, source
        self.section = self.section_name = self.option = None
        self.lines, self.indent, self.seen, self.error = [], 0, set(), None
        self.known = set()

    def line(self, lineno, line):
        stripped = self._without_comment(line)
        if stripped is None:
            return
        if not stripped:
            if self.parser._empty_lines and self.option and self.lines is not None:
                self.lines.append("")
            elif not self.parser._empty_lines:
                self.indent = 1 << 30
            return
        indent = len(line) - len(line.lstrip())
        if self.section is not None and self.option and indent > self.indent:
            self.lines.append(stripped)
            return
        self.indent = indent
        if stripped.startswith("[") and "]" in stripped:
            self._header(stripped[1:stripped.rindex("]")], lineno)
        elif self.section is None:
            raise MissingSectionHeaderError(self.source, lineno, line)
        else:
            self._option(stripped, lineno, line)

    def _without_comment(self, line):
        stripped = line.strip()
        if stripped.startswith(self.parser._comments) if self.parser._comments else False:
            return None if self.parser._empty_lines else ""
        for prefix in self.parser._inline:
            at = line.find(prefix)
            while at > 0 and not line[at - 1].isspace():
                at = line.find(prefix, at + 1)
            if at >= 0:
                stripped = line[:at].strip()
                line = line[:at]
        return stripped

    def _header(self, name, lineno):
        self._store()
        parser = self.parser
        if name in self.known and parser._strict and name != parser.default_section:
            raise DuplicateSectionError(name, self.source, lineno)
        self.known.add(name)
        if name == parser.default_section:
            self.section = parser._defaults
        else:
            if name not in parser._sections:
                parser.add_section(name)
            self.section = parser._sections[name]
        self.section_name = name

    def _option(self, stripped, lineno, line):
        self._store()
        places = [(stripped.find(one), one) for one in self.parser._delimiters if one in stripped]
        if not places:
            if not self.parser._allow_no_value:
                self.error = self.error or ParsingError(self.source)
                self.error.append(lineno, line)
                return
            name, value = stripped, None
        else:
            at, delimiter = min(places)
            name, value = stripped[:at].rstrip(), stripped[at + len(delimiter):].strip()
        if not name:
            self.error = self.error or ParsingError(self.source)
            self.error.append(lineno, line)
            return
        self.option = self.parser.optionxform(name)
        if (self.section_name, self.option) in self.seen and self.parser._strict:
            raise DuplicateOptionError(self.section_name, self.option, self.source, lineno)
        self.seen.add((self.section_name, self.option))
        self.lines = None if value is None else [value]
        if self.lines is None:
            self.section[self.option] = None
            self.option = None

    def _store(self):
        if self.option is not None:
            value = "\n".join(self.lines).rstrip()
            value = self.parser._interpolation.before_read(self.parser, self.section_name, self.option, value)
            self.section[self.option] = value
        self.option, self.lines = None, []

    def finish(self):
        self._store()
        if self.error is not None:
            raise self.error


class ConfigParser(RawConfigParser):
    _default_interpolation = BasicInterpolation

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not (self._allow_no_value and value is None) and not isinstance(value, str):
            raise TypeError("option values must be strings")
        super().set(section, option, value)

    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        super().add_section(section)


SafeConfigParser = ConfigParser


class SectionProxy(MutableMapping):
    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    def _options(self):
        if self._name == self._parser.default_section:
            return list(self._parser.defaults())
        return self._parser.options(self._name)

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, **options):
        return self._parser.getint(self._name, option, fallback=fallback, **options)

    def getfloat(self, option, fallback=None, **options):
        return self._parser.getfloat(self._name, option, fallback=fallback, **options)

    def getboolean(self, option, fallback=None, **options):
        return self._parser.getboolean(self._name, option, fallback=fallback, **options)

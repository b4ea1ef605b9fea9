"""Rows as lines of text."""

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = "\n"


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


def register_dialect(name, dialect=Dialect, **options):
    _dialects[name] = type(name, (dialect,), options)


def list_dialects():
    return list(_dialects)


def _dialect(dialect, options):
    base = _dialects[dialect] if isinstance(dialect, str) else dialect if isinstance(dialect, type) else type(dialect)
    made = base()
    for name, value in options.items():
        if not hasattr(Dialect, name):
            raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        setattr(made, name, value)
    return made


class reader:
    def __init__(self, lines, dialect="excel", **options):
        self._lines = iter(lines)
        self.dialect = _dialect(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        row, field, quoted, was_quoted = [], "", False, False
        line = self._line()
        at = 0
        d = self.dialect
        while True:
            if at == len(line):
                if not quoted:
                    break
                line, at = self._line(), 0
                continue
            c = line[at]
            at += 1
            if c == d.escapechar and at < len(line):
                field += line[at]
                at += 1
            elif quoted:
                if c != d.quotechar:
                    field += c
                elif d.doublequote and line[at:at + 1] == d.quotechar:
                    field += c
                    at += 1
                else:
                    quoted = False
            elif c == d.delimiter:
                row.append(self._field(field, was_quoted))
                field, was_quoted = "", False
                while d.skipinitialspace and line[at:at + 1] == " ":
                    at += 1
            elif c in "\r\n":
                break
            elif c == d.quotechar and not field and d.quoting != QUOTE_NONE:
                quoted = was_quoted = True
            else:
                field += c
        if not row and not field and not was_quoted:
            return []
        row.append(self._field(field, was_quoted))
        return row

    def _line(self):
        line = next(self._lines)
        self.line_num += 1
        return line

    def _field(self, field, was_quoted):
        return float(field) if self.dialect.quoting == QUOTE_NONNUMERIC and not was_quoted else field


class _Writer:
    def __init__(self, file, dialect):
        self._file, self.dialect = file, dialect

    def writerow(self, row):
        fields = list(row)
        line = self.dialect.delimiter.join([self._shown(value, len(fields)) for value in fields])
        return self._file.write(line + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _shown(self, value, count):
        d = self.dialect
        text = "" if value is None else repr(value) if type(value) is float else str(value)
        special = any(c in text for c in (d.delimiter, d.quotechar, "\r", "\n", d.lineterminator)) or (not text and count == 1)
        if d.quoting == QUOTE_NONE:
            if special and d.escapechar is None:
                raise Error("need to escape, but no escapechar set")
            return "".join([d.escapechar + c if c in (d.delimiter, d.quotechar) else c for c in text])
        number = isinstance(value, (int, float))
        if d.quoting == QUOTE_ALL or special or (d.quoting == QUOTE_NONNUMERIC and not number):
            doubled = d.quotechar * 2 if d.doublequote else d.escapechar + d.quotechar
            return d.quotechar + text.replace(d.quotechar, doubled) + d.quotechar
        return text


def writer(file, dialect="excel", **options):
    return _Writer(file, _dialect(dialect, options))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, **options)

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self.restval
        return made


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, **options)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, rowdict):
        extra = [name for name in rowdict if name not in self.fieldnames]
        if extra and self.extrasaction == "raise":
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, extra)))
        return self.writer.writerow([rowdict.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)

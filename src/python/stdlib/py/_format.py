"""The formatting of Decimal: its own digits, rounded by its own context."""

import _text


def decimal(value, spec):
    import decimal as d

    fill, align, sign, zero, alternate, width, grouping, precision, kind = _text.spec(spec, "decimal.Decimal")
    if kind not in ("", "e", "E", "f", "F", "g", "G", "n", "%"):
        raise ValueError("invalid format string")
    negative = value._negative
    if value._kind:
        body = value.copy_abs().__str__()
        return _text.number(spec, "decimal.Decimal", negative, "", body)
    if kind == "%":
        value = d.Decimal._made(negative, value._int, value._exp + 2)
    value = _in_precision(value, precision, kind, d)
    body = _digits(value, precision, kind)
    whole = body[:len(body) - len(body.lstrip("0123456789"))]
    rest = body[len(whole):] + ("%" if kind == "%" else "")
    if zero and not value._int:
        negative = False
    return _text.number(spec, "decimal.Decimal", negative, whole, rest)


def _in_precision(value, precision, kind, d):
    if precision < 0:
        return value
    rounding = d.getcontext().rounding
    if kind in ("e", "E"):
        drop = len(str(value._int)) - precision - 1
    elif kind in ("f", "F", "%"):
        drop = -precision - value._exp
    else:
        drop = len(str(value._int)) - max(precision, 1)
        drop = max(drop, 0)
    if kind in ("f", "F", "%") or drop > 0 or (kind in ("e", "E") and value._int):
        digits = d._rounded(value._int, drop, rounding, value._negative)
        made = d.Decimal._made(value._negative, digits, value._exp + drop)
        if kind not in ("f", "F", "%") and len(str(digits)) > len(str(value._int)) - drop and drop > 0:
            made = d.Decimal._made(value._negative, digits // 10, value._exp + drop + 1)
        return made
    return value


def _digits(value, precision, kind):
    digits = str(value._int)
    left = value._exp + len(digits)
    if kind in ("e", "E"):
        if not value._int and precision >= 0:
            place, digits, left = 1, "0" * (precision + 1), 1
        else:
            place = 1
    elif kind in ("f", "F", "%"):
        place = left
    elif value._exp <= 0 and left > -6:
        place = left
    else:
        place = 1
    if place <= 0:
        whole, part = "0", "0" * -place + digits
    elif place >= len(digits):
        whole, part = digits + "0" * (place - len(digits)), ""
    else:
        whole, part = digits[:place], digits[place:]
    letter = "E" if kind in ("", "E", "G") else "e"
    exponent = f"{letter}{left - place:+d}" if left != place or kind in ("e", "E") else ""
    return whole + ("." + part if part else "") + exponent

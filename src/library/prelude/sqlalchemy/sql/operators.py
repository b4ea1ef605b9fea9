"""Operators as functions: what `element.operate(…)` takes."""

from .nodes import custom_op


def eq(a, b):
    return a == b


def ne(a, b):
    return a != b


def lt(a, b):
    return a < b


def gt(a, b):
    return a > b


def le(a, b):
    return a <= b


def ge(a, b):
    return a >= b


def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def in_op(a, b):
    return a.in_(b)


def like_op(a, b, escape=None):
    return a.like(b, escape)


def is_(a, b):
    return a.is_(b)


class ColumnOperators:
    pass


class Operators:
    pass

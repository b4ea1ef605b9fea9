"""What runs us, as far as a script may know."""


def system():
    return "Linux"


def machine():
    return "x86_64"


def node():
    return "retort"


def release():
    return ""


def version():
    return ""


def processor():
    return ""


def python_version():
    return "3.14.0"


def python_version_tuple():
    return ("3", "14", "0")


def python_implementation():
    return "CPython"


def platform(aliased=False, terse=False):
    return "Linux"

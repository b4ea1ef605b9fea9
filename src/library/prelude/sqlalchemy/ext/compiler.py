"""`compiles`: accepted; how something is written is the engine's affair here."""


def compiles(class_, *specs):
    def decorate(fn):
        known = class_.__dict__.get("_compilers")
        if known is None:
            known = {}
            class_._compilers = known
        for one in specs or ("default",):
            known[one] = fn
        return fn

    return decorate


def deregister(class_):
    class_._compilers = {}

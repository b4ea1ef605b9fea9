"""`sqlalchemy.ext.declarative`: the older place of declarative classes."""

from ..orm.decl_api import (
    DeclarativeMeta,
    as_declarative,
    declarative_base,
    declared_attr,
    has_inherited_table,
    synonym_for,
)


class AbstractConcreteBase:
    __abstract__ = True


class ConcreteBase:
    pass


class DeferredReflection:
    __abstract__ = True

    @classmethod
    def prepare(cls, bind, **kw):
        raise NotImplementedError("DeferredReflection is not supported here")

"""The ORM's errors."""

from ..exc import ArgumentError, InvalidRequestError, MultipleResultsFound, NoResultFound, SQLAlchemyError


class StaleDataError(SQLAlchemyError):
    pass


ConcurrentModificationError = StaleDataError


class FlushError(SQLAlchemyError):
    pass


class MappedAnnotationError(ArgumentError):
    pass


class ObjectDereferencedError(SQLAlchemyError):
    pass


class DetachedInstanceError(SQLAlchemyError):
    code = "bhk3"


class UnmappedError(InvalidRequestError):
    pass


class UnmappedInstanceError(UnmappedError):
    def __init__(self, instance, msg=None):
        if msg is None:
            msg = "Class '%s.%s' is not mapped" % (type(instance).__module__, type(instance).__name__)
        super().__init__(msg)


class UnmappedClassError(UnmappedError):
    def __init__(self, cls, msg=None):
        super().__init__(msg or "Class '%s.%s' is not mapped" % (getattr(cls, "__module__", "builtins"), getattr(cls, "__name__", cls)))


class UnmappedColumnError(InvalidRequestError):
    pass


class ObjectDeletedError(InvalidRequestError):
    pass


class LoaderStrategyException(InvalidRequestError):
    pass

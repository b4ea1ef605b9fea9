"""Events of the ORM: accepted."""


class AttributeEvents:
    pass


class MapperEvents:
    pass


class SessionEvents:
    pass


class InstanceEvents:
    pass

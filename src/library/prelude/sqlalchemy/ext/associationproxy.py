"""Association proxies: an attribute of the related instances."""


class AssociationProxy:
    def __init__(self, target_collection, attr, *, creator=None, **kw):
        self.target_collection = target_collection
        self.value_attr = attr
        self.creator = creator

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        target = getattr(instance, self.target_collection)
        if isinstance(target, list):
            return ProxiedList(self, instance, target)
        return None if target is None else getattr(target, self.value_attr)

    def __set__(self, instance, value):
        if isinstance(value, (list, tuple, set)):
            setattr(instance, self.target_collection, [self._made(instance, one) for one in value])
            return
        target = getattr(instance, self.target_collection)
        if target is None:
            setattr(instance, self.target_collection, self._made(instance, value))
        else:
            setattr(target, self.value_attr, value)

    def _made(self, instance, value):
        if self.creator is not None:
            return self.creator(value)
        target = getattr(type(instance), self.target_collection).settle().target
        return target(value)


class ProxiedList:
    def __init__(self, proxy, instance, target):
        self.proxy = proxy
        self.instance = instance
        self.target = target

    def _values(self):
        return [getattr(one, self.proxy.value_attr) for one in self.target]

    def __iter__(self):
        return iter(self._values())

    def __len__(self):
        return len(self.target)

    def __getitem__(self, at):
        return self._values()[at]

    def __contains__(self, value):
        return value in self._values()

    def __eq__(self, other):
        return self._values() == list(other)

    def append(self, value):
        self.target.append(self.proxy._made(self.instance, value))

    def extend(self, values):
        for one in values:
            self.append(one)

    def remove(self, value):
        for one in self.target:
            if getattr(one, self.proxy.value_attr) == value:
                self.target.remove(one)
                return
        raise ValueError("value not in list")

    def __repr__(self):
        return repr(self._values())


def association_proxy(target_collection, attr, **kw):
    return AssociationProxy(target_collection, attr, **kw)

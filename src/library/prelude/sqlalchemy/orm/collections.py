"""What scripts take from `sqlalchemy.orm.collections`."""

from .relationships import Collection as InstrumentedList
from .relationships import attribute_keyed_dict, attribute_mapped_collection, column_keyed_dict, mapped_collection

InstrumentedDict = dict
InstrumentedSet = set

from .impl import DefaultImpl

"""`sqlmodel.ext`."""

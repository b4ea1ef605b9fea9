"""Writes a project of N tables, and its next version with one column more: `python project.py FOLDER N`."""
import sys
from pathlib import Path

HERE = Path(__file__).parent
SAMPLE = HERE.parent.parent / "migrations" / "seller-shipment"

HEAD = """from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, Text, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass
"""
TABLE = """

class Thing{n}(Base):
    __tablename__ = "thing_{n}"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    note: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    active: Mapped[bool]
    created: Mapped[datetime] = mapped_column(server_default=func.now())
    before_id: Mapped[int | None] = mapped_column(ForeignKey("thing_{before}.id"), index=True)
"""


def models(count, more=""):
    """The text of models.py; `more` is a line for the last table."""
    tables = (TABLE.format(n=n, before=max(n - 1, 1)) for n in range(1, count + 1))
    return HEAD + "".join(tables) + more


def write(folder, count):
    """A project with `count` tables and no revision, on app.db."""
    for name in ("alembic.ini", "migrations/env.py", "migrations/script.py.mako"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text((SAMPLE / name).read_text().replace("database.db", "app.db"))
    (folder / "migrations/versions").mkdir()
    (folder / "models.py").write_text(models(count))


def change(folder, count):
    """One column more."""
    (folder / "models.py").write_text(models(count, "    extra: Mapped[str | None] = mapped_column(String(40))\n"))


if __name__ == "__main__":
    place, tables = Path(sys.argv[1]), int(sys.argv[2])
    place.mkdir(parents=True)
    write(place, tables)

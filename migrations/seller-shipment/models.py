from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Seller(Base):
    __tablename__ = "seller"
    __table_args__ = (UniqueConstraint("email", name="uq_seller_email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    contact: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(120))


class Shipment(Base):
    __tablename__ = "shipment"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(String(120))
    weight_kg: Mapped[Decimal | None] = mapped_column(Numeric(8, 3))
    destination: Mapped[str] = mapped_column(String(60))
    tracking: Mapped[str | None] = mapped_column(String(40))
    seller_id: Mapped[int] = mapped_column(
        ForeignKey("seller.id", ondelete="CASCADE"), index=True
    )

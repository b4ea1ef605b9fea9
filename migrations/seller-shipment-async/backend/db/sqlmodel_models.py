import enum
from datetime import datetime
from typing import Optional
from uuid import UUID, uuid4

from sqlalchemy import Column, DateTime, Enum, func
from sqlmodel import Field, Relationship, SQLModel


class ShipmentStatus(str, enum.Enum):
    placed = "placed"
    in_transit = "in_transit"
    delivered = "delivered"


class Seller(SQLModel, table=True):
    __tablename__ = "seller"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str
    email: str = Field(index=True, unique=True)
    shipments: list["Shipment"] = Relationship(back_populates="seller")


class Shipment(SQLModel, table=True):
    __tablename__ = "shipment"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    content: str
    weight: float
    status: ShipmentStatus = Field(sa_column=Column(Enum(ShipmentStatus, name="shipmentstatus"), nullable=False))
    created_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), server_default=func.now(), nullable=False)
    )
    seller_id: UUID = Field(foreign_key="seller.id")
    seller: Optional[Seller] = Relationship(back_populates="shipments")

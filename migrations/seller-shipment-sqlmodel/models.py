from datetime import datetime
from typing import Optional

from sqlmodel import Field, Relationship, SQLModel


class Seller(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    email: str = Field(unique=True, index=True)
    shipments: list["Shipment"] = Relationship(back_populates="seller")


class ShipmentBase(SQLModel):
    content: str
    weight: float = Field(le=25)
    destination: Optional[int] = None


class Shipment(ShipmentBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    estimated_delivery: Optional[datetime] = None
    seller_id: int = Field(foreign_key="seller.id")
    seller: Seller = Relationship(back_populates="shipments")

"""when a shipment arrives

Revision ID: 91c4e7b2a6d8
Revises: 5f0a2c91d7e3
Create Date: 2026-11-17 14:20:36.009127

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
import sqlmodel


# What this revision is called, and what it follows.
revision: str = '91c4e7b2a6d8'
down_revision: Union[str, Sequence[str], None] = '5f0a2c91d7e3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.add_column('shipment', sa.Column('estimated_delivery', sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take that back."""
    op.drop_column('shipment', 'estimated_delivery')

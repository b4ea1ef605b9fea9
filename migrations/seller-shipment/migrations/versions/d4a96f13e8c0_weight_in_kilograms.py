"""weight in kilograms

Revision ID: d4a96f13e8c0
Revises: 2b7e41c09d35
Create Date: 2026-11-23 16:40:27.551203

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = 'd4a96f13e8c0'
down_revision: Union[str, Sequence[str], None] = '2b7e41c09d35'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    with op.batch_alter_table('shipment', schema=None) as batch_op:
        batch_op.alter_column('weight',
               existing_type=sa.INTEGER(),
               new_column_name='weight_kg',
               type_=sa.Numeric(precision=8, scale=3),
               existing_nullable=True)

    op.execute("UPDATE shipment SET weight_kg = weight_kg / 1000")


def downgrade() -> None:
    """Take that back."""
    op.execute("UPDATE shipment SET weight_kg = weight_kg * 1000")

    with op.batch_alter_table('shipment', schema=None) as batch_op:
        batch_op.alter_column('weight_kg',
               existing_type=sa.Numeric(precision=8, scale=3),
               new_column_name='weight',
               type_=sa.INTEGER(),
               existing_nullable=True)

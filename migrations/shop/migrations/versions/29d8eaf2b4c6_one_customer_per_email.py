"""one customer per email

Revision ID: 29d8eaf2b4c6
Revises: 18c7d9e1f3a5
Create Date: 2026-10-12 10:00:05.290771

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = '29d8eaf2b4c6'
down_revision: Union[str, Sequence[str], None] = '18c7d9e1f3a5'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.execute("UPDATE customer SET email = lower(trim(email))")
    op.create_index(op.f('ix_customer_email'), 'customer', ['email'], unique=True)


def downgrade() -> None:
    """Take that back."""
    op.drop_index(op.f('ix_customer_email'), table_name='customer')

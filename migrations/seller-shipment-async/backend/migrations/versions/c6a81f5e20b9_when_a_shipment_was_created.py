"""when a shipment was created

Revision ID: c6a81f5e20b9
Revises: 7d3b90e4c1f6
Create Date: 2026-11-18 08:15:50.300518

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
import sqlmodel


# What this revision is called, and what it follows.
revision: str = 'c6a81f5e20b9'
down_revision: Union[str, Sequence[str], None] = '7d3b90e4c1f6'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    with op.batch_alter_table('shipment') as batch_op:
        batch_op.add_column(
            sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('(CURRENT_TIMESTAMP)'), nullable=False)
        )


def downgrade() -> None:
    """Take that back."""
    with op.batch_alter_table('shipment') as batch_op:
        batch_op.drop_column('created_at')

"""a purchase has a status

Revision ID: 3ae9fb03c5d7
Revises: 29d8eaf2b4c6
Create Date: 2026-10-26 17:22:58.845512

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = '3ae9fb03c5d7'
down_revision: Union[str, Sequence[str], None] = '29d8eaf2b4c6'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.add_column(
        'purchase',
        sa.Column('status', sa.Enum('open', 'paid', 'sent', name='status', native_enum=False, length=8), server_default='open', nullable=False),
    )
    op.create_index(op.f('ix_purchase_status'), 'purchase', ['status'], unique=False)
    op.execute(sa.text("UPDATE purchase SET status = :status WHERE id IN (SELECT purchase_id FROM payment)").bindparams(status='paid'))


def downgrade() -> None:
    """Take that back."""
    op.drop_index(op.f('ix_purchase_status'), table_name='purchase')
    op.drop_column('purchase', 'status')

"""create payment

Revision ID: e5b4a6c8d0f2
Revises: d4c3f5a7b9e1
Create Date: 2026-09-21 11:30:00.431170

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = 'e5b4a6c8d0f2'
down_revision: Union[str, Sequence[str], None] = 'd4c3f5a7b9e1'
branch_labels: Union[str, Sequence[str], None] = ('payments',)
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.create_table('payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purchase_id', sa.Integer(), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), server_default=sa.text('(CURRENT_TIMESTAMP)'), nullable=False),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_payment_positive')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_payment_purchase_id_purchase')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('purchase_id', name=op.f('uq_payment_purchase_id'))
    )


def downgrade() -> None:
    """Take that back."""
    op.drop_table('payment')

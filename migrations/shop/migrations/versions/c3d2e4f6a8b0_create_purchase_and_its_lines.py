"""create purchase and its lines

Revision ID: c3d2e4f6a8b0
Revises: b2e1d3c5f7a9
Create Date: 2026-09-08 15:27:41.009314

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = 'c3d2e4f6a8b0'
down_revision: Union[str, Sequence[str], None] = 'b2e1d3c5f7a9'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.create_table('purchase',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), server_default=sa.text('(CURRENT_TIMESTAMP)'), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_purchase_customer_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_purchase'))
    )
    with op.batch_alter_table('purchase', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_purchase_customer_id'), ['customer_id'], unique=False)

    op.create_table('purchase_line',
    sa.Column('purchase_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['product.id'], name=op.f('fk_purchase_line_product_id_product')),
    sa.ForeignKeyConstraint(['purchase_id'], ['purchase.id'], name=op.f('fk_purchase_line_purchase_id_purchase'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('purchase_id', 'product_id', name=op.f('pk_purchase_line'))
    )


def downgrade() -> None:
    """Take that back."""
    op.drop_table('purchase_line')
    with op.batch_alter_table('purchase', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_purchase_customer_id'))

    op.drop_table('purchase')

"""prices in cents

Revision ID: d4c3f5a7b9e1
Revises: c3d2e4f6a8b0
Create Date: 2026-09-15 08:03:19.774420

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = 'd4c3f5a7b9e1'
down_revision: Union[str, Sequence[str], None] = 'c3d2e4f6a8b0'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.add_column('product', sa.Column('price_cents', sa.Integer(), nullable=True))

    product = sa.table(
        'product',
        sa.column('id', sa.Integer),
        sa.column('price', sa.Float),
        sa.column('price_cents', sa.Integer),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(product.c.id, product.c.price)).fetchall():
        connection.execute(
            product.update().where(product.c.id == row.id).values(price_cents=round(row.price * 100))
        )

    with op.batch_alter_table('product', schema=None) as batch_op:
        batch_op.alter_column('price_cents', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('price')


def downgrade() -> None:
    """Take that back."""
    op.add_column('product', sa.Column('price', sa.Float(), nullable=True))
    op.execute("UPDATE product SET price = price_cents / 100.0")

    with op.batch_alter_table('product', schema=None) as batch_op:
        batch_op.alter_column('price', existing_type=sa.Float(), nullable=False)
        batch_op.drop_column('price_cents')

"""add email to seller

Revision ID: 2b7e41c09d35
Revises: 8c1f4e2a90b7
Create Date: 2026-11-23 16:12:02.903392

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = '2b7e41c09d35'
down_revision: Union[str, Sequence[str], None] = '8c1f4e2a90b7'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    with op.batch_alter_table('seller', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(length=120), nullable=True))

    op.execute("UPDATE seller SET email = lower(trim(contact))")

    with op.batch_alter_table('seller', schema=None) as batch_op:
        batch_op.alter_column('email',
               existing_type=sa.String(length=120),
               nullable=False)
        batch_op.drop_index(batch_op.f('ix_seller_contact'))
        batch_op.create_unique_constraint('uq_seller_email', ['email'])


def downgrade() -> None:
    """Take that back."""
    with op.batch_alter_table('seller', schema=None) as batch_op:
        batch_op.drop_constraint('uq_seller_email', type_='unique')
        batch_op.create_index(batch_op.f('ix_seller_contact'), ['contact'], unique=False)
        batch_op.drop_column('email')

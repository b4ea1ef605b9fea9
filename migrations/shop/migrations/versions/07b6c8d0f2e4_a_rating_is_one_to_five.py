"""a rating is one to five

Revision ID: 07b6c8d0f2e4
Revises: f6a5b7c9e1d3
Create Date: 2026-09-24 09:48:12.663058

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = '07b6c8d0f2e4'
down_revision: Union[str, Sequence[str], None] = 'f6a5b7c9e1d3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    op.bulk_insert(
        sa.table(
            'review',
            sa.column('product_id', sa.Integer),
            sa.column('rating', sa.Integer),
            sa.column('text', sa.Text),
        ),
        [
            {'product_id': 1, 'rating': 5, 'text': "Doesn't chip."},
            {'product_id': 2, 'rating': 4, 'text': None},
        ] if op.get_bind().scalar(sa.text("SELECT count(*) FROM product")) else [],
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_check_constraint('rating', 'rating BETWEEN 1 AND 5')


def downgrade() -> None:
    """Take that back."""
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_review_rating'), type_='check')
    op.execute("DELETE FROM review")

"""payments and reviews together

Revision ID: 18c7d9e1f3a5
Revises: e5b4a6c8d0f2, 07b6c8d0f2e4
Create Date: 2026-09-28 13:10:37.118846

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# What this revision is called, and what it follows.
revision: str = '18c7d9e1f3a5'
down_revision: Union[str, Sequence[str], None] = ('e5b4a6c8d0f2', '07b6c8d0f2e4')
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Take the database one revision further."""
    pass


def downgrade() -> None:
    """Take that back."""
    pass

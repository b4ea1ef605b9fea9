<%!
import re

%>"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# revision identifiers, used by Alembic.
revision: str = ${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = ${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = ${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = ${repr(depends_on)}


def upgrade(engine_name: str) -> None:
    """Upgrade schema."""
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name: str) -> None:
    """Downgrade schema."""
    globals()["downgrade_%s" % engine_name]()

<%
    databases = re.split(r",\s*", config.get_main_option("databases"))
%>
## A pair of functions for each database that alembic.ini names.
% for database in databases:

def upgrade_${database}() -> None:
    """Upgrade ${database} schema."""
    ${context.get("%s_upgrades" % database, "pass")}


def downgrade_${database}() -> None:
    """Downgrade ${database} schema."""
    ${context.get("%s_downgrades" % database, "pass")}

% endfor

"""What the engine imports to begin."""

from alembic._run import main

main()

import asyncio
from logging.config import fileConfig

from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import async_engine_from_config

from alembic import context

# What alembic.ini says, as an object.
config = context.config

# Loggers are set up as alembic.ini asks for.
if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The tables that --autogenerate compares the database with. Import the
# module of your models here and give their metadata, for example:
# from myapp.models import Base
# target_metadata = Base.metadata
target_metadata = None

# A key of your own in alembic.ini is read like this:
# my_option = config.get_main_option("my_option")


def run_migrations_offline() -> None:
    """Write the migrations as SQL, without a database: `--sql`.

    Only the URL is needed, since it names the dialect; no driver has to be
    installed.

    """
    url = config.get_main_option("sqlalchemy.url")
    context.configure(
        url=url,
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )

    with context.begin_transaction():
        context.run_migrations()


def do_run_migrations(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata)

    with context.begin_transaction():
        context.run_migrations()


async def run_async_migrations() -> None:
    """Open a connection with an asynchronous driver, and migrate on it."""
    connectable = async_engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )

    async with connectable.connect() as connection:
        await connection.run_sync(do_run_migrations)

    await connectable.dispose()


def run_migrations_online() -> None:
    """Run the migrations on the database that alembic.ini names."""

    asyncio.run(run_async_migrations())


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()

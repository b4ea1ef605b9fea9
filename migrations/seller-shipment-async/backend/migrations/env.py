"""Alembic runs this file for every command that needs the models or the database."""
import asyncio
import os
import sys
from logging.config import fileConfig

from dotenv import load_dotenv
from sqlalchemy import pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import async_engine_from_config
from sqlmodel import SQLModel

from alembic import context

project_root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, project_root)

from backend.db.sqlmodel_models import Seller, Shipment  # noqa: E402, F401

load_dotenv(os.path.join(project_root, ".env"))

DATABASE_DRIVER = os.getenv("DATABASE_DRIVER", "sqlite+aiosqlite")
DATABASE_FILE = os.getenv("DATABASE_FILE", "./database.db")

config = context.config
config.set_main_option("sqlalchemy.url", f"{DATABASE_DRIVER}:///{DATABASE_FILE}")

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# What autogenerate compares the database with.
target_metadata = SQLModel.metadata


def run_migrations_offline() -> None:
    """Write the SQL instead of running it (`--sql`): an address is enough, no database is opened."""
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
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
    """Open the database asynchronously; the migrations themselves are ordinary functions."""
    connectable = async_engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )

    async with connectable.connect() as connection:
        await connection.run_sync(do_run_migrations)

    await connectable.dispose()


def run_migrations_online() -> None:
    """Run the migrations over a connection."""
    asyncio.run(run_async_migrations())


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()

import logging
from logging.config import fileConfig
import re

from sqlalchemy import engine_from_config
from sqlalchemy import pool

from alembic import context

# Prepare all databases before one of them commits; PostgreSQL and MySQL can.
USE_TWOPHASE = False

# What alembic.ini says, as an object.
config = context.config

# Loggers are set up as alembic.ini asks for.
if config.config_file_name is not None:
    fileConfig(config.config_file_name)
logger = logging.getLogger("alembic.env")

# The key `databases` of alembic.ini: the names of the sections that have a
# URL each.
names = re.split(r",\s*", config.get_main_option("databases", ""))

# The tables of each database, by its name, for example:
# from myapp.models import accounts, orders
# target_metadata = {
#     "engine1": accounts.metadata,
#     "engine2": orders.metadata,
# }
target_metadata = {}

# A key of your own in alembic.ini is read like this:
# my_option = config.get_main_option("my_option")


def run_migrations_offline() -> None:
    """Write the migrations as SQL, a file for each database: `--sql`."""
    for name in names:
        logger.info("Migrating database %s" % name)
        file = "%s.sql" % name
        logger.info("Writing output to %s" % file)
        with open(file, "w") as buffer:
            context.configure(
                url=config.get_section_option(name, "sqlalchemy.url"),
                output_buffer=buffer,
                target_metadata=target_metadata.get(name),
                literal_binds=True,
                dialect_opts={"paramstyle": "named"},
            )
            with context.begin_transaction():
                context.run_migrations(engine_name=name)


def run_migrations_online() -> None:
    """Run the migrations on all databases; then commit on all, or on none."""
    connections = {}
    transactions = {}
    for name in names:
        engine = engine_from_config(
            config.get_section(name, {}),
            prefix="sqlalchemy.",
            poolclass=pool.NullPool,
        )
        connections[name] = connection = engine.connect()
        if USE_TWOPHASE:
            transactions[name] = connection.begin_twophase()
        else:
            transactions[name] = connection.begin()

    try:
        for name, connection in connections.items():
            logger.info("Migrating database %s" % name)
            context.configure(
                connection=connection,
                upgrade_token="%s_upgrades" % name,
                downgrade_token="%s_downgrades" % name,
                target_metadata=target_metadata.get(name),
            )
            context.run_migrations(engine_name=name)

        if USE_TWOPHASE:
            for transaction in transactions.values():
                transaction.prepare()
        for transaction in transactions.values():
            transaction.commit()
    except:
        for transaction in transactions.values():
            transaction.rollback()
        raise
    finally:
        for connection in connections.values():
            connection.close()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()

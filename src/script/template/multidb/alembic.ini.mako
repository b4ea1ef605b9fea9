# Several databases, one line of migrations.

[alembic]
# Where env.py and the revisions lie. %(here)s is the folder of this file;
# a double %% is a plain percent sign, here and in every other value.
script_location = ${script_location}

# How new files are named. Tokens: rev, slug, epoch, year, month, day, hour,
# minute, second.
# file_template = %%(rev)s_%%(slug)s
# With the date in front:
# file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s
# In folders by year and month; needs recursive_version_locations = true:
# file_template = %%(year)d/%%(month).2d/%%(day).2d_%%(hour).2d%%(minute).2d_%%(rev)s_%%(slug)s

# Folders that Python searches for your own modules, before all others.
prepend_sys_path = .

# The time zone of the dates in new files and their names; local time without.
# timezone = UTC

# The longest slug that a message becomes in a file's name.
# truncate_slug_length = 40

# Run env.py for every new revision, also without --autogenerate.
# revision_environment = false

# Accept compiled revisions, .pyc, without their sources.
# sourceless = false

# Where revisions lie, if not in the folder versions beside env.py; several
# folders are separated as path_separator says.
# version_locations = %(here)s/one:%(here)s/two

# What separates the folders in version_locations and prepend_sys_path: the
# system's own sign (os), a colon, a semicolon, space, or newline.
path_separator = os

# Look for revisions in the folders below as well.
# recursive_version_locations = false

# The encoding of new files.
# output_encoding = utf-8

# The databases: each name is a section with a URL. env.py and the template of
# revisions read them; nothing else does.
databases = engine1, engine2

[engine1]
sqlalchemy.url = driver://user:pass@localhost/dbname

[engine2]
sqlalchemy.url = driver://user:pass@localhost/dbname2


[post_write_hooks]
# Programs that run over each new revision file, here black as a console
# script, and ruff as a module.
# hooks = black, ruff
# black.type = console_scripts
# black.entrypoint = black
# black.options = -l 79 REVISION_SCRIPT_FILENAME
# ruff.type = module
# ruff.module = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME

# Logging, in the form of Python's logging.config; env.py reads it.
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S

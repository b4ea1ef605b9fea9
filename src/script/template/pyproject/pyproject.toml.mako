[tool.alembic]

# Where env.py and the revisions lie. %(here)s is the folder of this file;
# a double %% is a plain percent sign, here and in every other value.
script_location = "${script_location}"

# How new files are named. Tokens: rev, slug, epoch, year, month, day, hour,
# minute, second.
# file_template = "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s"

# Folders that Python searches for your own modules, before all others.
prepend_sys_path = [
    "."
]

# The time zone of the dates in new files and their names; local time without.
# timezone = "UTC"

# The longest slug that a message becomes in a file's name.
# truncate_slug_length = 40

# Run env.py for every new revision, also without --autogenerate.
# revision_environment = false

# Accept compiled revisions, .pyc, without their sources.
# sourceless = false

# Where revisions lie, if not in the folder versions beside env.py.
# version_locations = [
#     "%(here)s/one",
#     "%(here)s/two",
# ]

# Look for revisions in the folders below as well.
# recursive_version_locations = false

# The encoding of new files.
# output_encoding = "utf-8"

# Programs that run over each new revision file.
# [[tool.alembic.post_write_hooks]]
# name = "ruff"
# type = "module"
# module = "ruff"
# options = "check --fix REVISION_SCRIPT_FILENAME"

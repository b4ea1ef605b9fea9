"""Runs a program beside a PostgreSQL server of our own, whose socket it finds by RETORT_POSTGRESQL: `python on_server.py PROGRAM ARGUMENT…`."""
import os
import subprocess
import sys

import server

if __name__ == "__main__":
    environment = os.environ | {"RETORT_POSTGRESQL": str(server.socket())}
    sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)

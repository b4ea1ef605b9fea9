"""A PostgreSQL server of our own: a cluster in a temporary folder, listening on a socket there and nowhere else."""
import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

_running = None


def socket():
    """The folder of the server's socket; the first call starts the server, the end of the program stops it."""
    global _running
    if _running is None:
        _running = start()
    return _running


def start():
    place = Path(tempfile.mkdtemp(prefix="retort-pg-"))
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if user:
        shutil.chown(place, "postgres")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": place, "check": True}
    subprocess.run([*user, program("initdb"), "-D", place / "data", "-A", "trust", "-U", "postgres", "-N", "--locale=C.UTF-8"], **quiet)
    options = ["-F", "-c", "listen_addresses=", "-c", f"unix_socket_directories={place}", "-c", "timezone=UTC"]
    log = (place / "log").open("w")
    subprocess.Popen([*user, program("postgres"), "-D", place / "data", *options], stdout=log, stderr=log, cwd=place)
    atexit.register(stop, place)
    wait(place)
    return place


def wait(place):
    for _ in range(100):
        if subprocess.run([program("pg_isready"), "-q", "-h", place]).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not start:\n" + (place / "log").read_text())


def stop(place):
    os.kill(int((place / "data/postmaster.pid").read_text().split()[0]), signal.SIGINT)
    while (place / "data/postmaster.pid").exists():
        time.sleep(0.05)
    shutil.rmtree(place, ignore_errors=True)


def program(name):
    """Debian keeps the server's programs in a folder of each version."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)
    return found or raise_missing(name)


def raise_missing(name):
    raise SystemExit(f"{name} is not on this machine: it comes with PostgreSQL (apt-get install postgresql)")


def environment():
    """What a program must know to find the server when its URL names none."""
    return {"PGHOST": str(socket()), "PGUSER": "postgres", "PGDATABASE": "postgres"}


def emptied():
    """A database without tables and types."""
    psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def psql(command):
    """What the real psql prints."""
    words = [program("psql"), "-X", "-q", "-c", command]
    said = subprocess.run(words, env=os.environ | environment(), capture_output=True, text=True)
    return (said.stdout + said.stderr).split("\n")

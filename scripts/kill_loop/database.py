"""The database of a run: a file, a private PostgreSQL server that dies now and then, a pair of them of
which one takes the other's place, or one of the caller's."""
import collections
import pathlib
import random
import shutil
import subprocess
import threading

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "postgres"


class NoServer(Exception):
    """PostgreSQL is not there or does not start."""


class Database:
    """What `DATABASE_URL` names; nothing for the file."""

    def __init__(self, wanted: str, folder: pathlib.Path, seed: int = 1) -> None:
        self._folder = folder / "pg"
        self._log = folder / "database.log"
        self.is_pair = wanted == "pair"
        self.is_private = wanted in ("postgres", "pair")
        self.address = None if wanted in ("sqlite", "postgres", "pair") else wanted
        self.is_file = wanted == "sqlite"
        self.kind = {"sqlite": "SQLite", "pair": "PostgreSQL with a synchronous standby"}.get(
            wanted, "PostgreSQL")
        # How it ended, and how often.
        self.deaths = collections.Counter()
        self.fault: Exception | None = None
        self._random = random.Random(f"{seed}:database")
        self._over = threading.Event()
        self._thread = None

    def start(self) -> None:
        if not self.is_private:
            return
        # The server belongs to another user, who has to reach its files.
        self._folder.parent.chmod(0o711)
        self.address = self._call("pair" if self.is_pair else "start").strip()

    # --- For one worker ------------------------------------------------------------------------

    def address_for(self, worker: str) -> str | None:
        """The address by which the server knows whose connection it is."""
        if self.address is None or "application_name=" in self.address:
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}application_name={worker}"

    @property
    def can_exile(self) -> bool:
        return self.address is not None and "application_name=" not in self.address \
            and shutil.which("psql") is not None

    def exile(self, worker: str) -> bool:
        """Ends every connection of a worker, as a network does that is cut: its lock is free then.

        Whether the server was there to do it."""
        statement = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            f"WHERE application_name = '{worker}'")
        joint = "&" if "?" in self.address else "?"
        with open(self._log, "ab") as log:
            try:
                return subprocess.run(
                    ["psql", "-X", "-q", f"{self.address}{joint}target_session_attrs=read-write",
                     "-c", statement], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    timeout=30).returncode == 0
            except subprocess.TimeoutExpired:
                return False

    # --- Its deaths ----------------------------------------------------------------------------

    def die_every(self, seconds: float) -> None:
        """Lets a private server stop or crash and come back, or its standby take over, until told
        to stop."""
        if not self.is_private or seconds <= 0:
            return
        self._thread = threading.Thread(target=self._plague, args=[seconds], daemon=True)
        self._thread.start()

    def live_on(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join(timeout=120)
            self._thread = None
        if self.fault:
            raise self.fault

    def stop(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join(timeout=120)
        if self.is_private and self._folder.exists():
            self._call("stop")

    def _plague(self, seconds: float) -> None:
        try:
            while not self._over.wait(self._random.uniform(0.5, 1.5) * seconds):
                if self.is_pair:
                    self._call("failover")
                    self.deaths["failover"] += 1
                    continue
                manner = self._random.choice(["fast", "immediate", "immediate"])
                self._call("restart", manner)
                self.deaths["crash" if manner == "immediate" else "restart"] += 1
        except Exception as error:  # reported by the main thread
            self.fault = error

    def _call(self, verb: str, *more: str) -> str:
        answer = self._folder.parent / f"database-{verb}.txt"
        # Its output goes to files: a server keeps the pipes of its parent open.
        with open(answer, "wb") as out, open(self._log, "ab") as log:
            code = subprocess.run(
                [str(PROGRAM), verb, str(self._folder), *more], stdin=subprocess.DEVNULL,
                stdout=out, stderr=log, timeout=180, start_new_session=True).returncode
        if code != 0:
            raise NoServer(f"scripts/postgres {verb}: exit {code}; see database.log")
        return answer.read_text()

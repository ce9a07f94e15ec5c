"""The database of a run: a file, a private PostgreSQL server that dies now and then, or one of the
caller's."""
import pathlib
import subprocess
import threading

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "postgres"


class NoServer(Exception):
    """PostgreSQL is not there or does not start."""


class Database:
    """What `DATABASE_URL` names; nothing for the file."""

    def __init__(self, wanted: str, folder: pathlib.Path) -> None:
        self._folder = folder / "pg"
        self._log = folder / "database.log"
        self.is_private = wanted == "postgres"
        self.address = None if wanted in ("sqlite", "postgres") else wanted
        self.kind = "SQLite" if wanted == "sqlite" else "PostgreSQL"
        self.deaths = 0
        self._over = threading.Event()
        self._thread = None

    def start(self) -> None:
        if not self.is_private:
            return
        # The server belongs to another user, who has to reach its files.
        self._folder.parent.chmod(0o711)
        self.address = self._call("start").strip()

    def die_every(self, seconds: float) -> None:
        """Lets a private server crash and come back, until told to stop."""
        if not self.is_private or seconds <= 0:
            return
        self._thread = threading.Thread(target=self._plague, args=[seconds], daemon=True)
        self._thread.start()

    def live_on(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join(timeout=120)

    def stop(self) -> None:
        self.live_on()
        if self.is_private and (self._folder / "data").exists():
            self._call("stop")

    def _plague(self, seconds: float) -> None:
        while not self._over.wait(seconds):
            self._call("restart")
            self.deaths += 1

    def _call(self, verb: str) -> str:
        answer = self._folder.parent / f"database-{verb}.txt"
        # Its output goes to files: a server keeps the pipes of its parent open.
        with open(answer, "wb") as out, open(self._log, "ab") as log:
            code = subprocess.run(
                [str(PROGRAM), verb, str(self._folder)], stdin=subprocess.DEVNULL, stdout=out,
                stderr=log, timeout=180, start_new_session=True).returncode
        if code != 0:
            raise NoServer(f"scripts/postgres {verb}: exit {code}; see database.log")
        return answer.read_text()

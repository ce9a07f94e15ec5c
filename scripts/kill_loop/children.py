"""Child processes: each in a group of its own, output to files, none left over."""
import os
import pathlib
import signal
import subprocess
import threading


class Children:
    """Starts programs and ends all of them, whatever happened to them meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alive: dict[int, subprocess.Popen] = {}
        self._closed = False

    def start(self, arguments, environment, output: pathlib.Path, errors: pathlib.Path):
        with self._lock:
            if self._closed:
                raise InterruptedError("the run is over")
            with open(output, "wb") as out, open(errors, "ab") as err:
                child = subprocess.Popen(
                    arguments, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                    start_new_session=True)
            self._alive[child.pid] = child
            return child

    def send(self, child: subprocess.Popen, which: int) -> bool:
        """Whether the group was there to take the signal."""
        with self._lock:
            # A child that was waited for may have given its number to somebody else.
            if child.pid not in self._alive or child.returncode is not None:
                return False
            try:
                os.killpg(child.pid, which)
            except ProcessLookupError:
                return False
            return True

    def wait(self, child: subprocess.Popen, seconds: float):
        """The exit code; None where the deadline came first."""
        try:
            code = child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        with self._lock:
            self._alive.pop(child.pid, None)
        return code

    def kill(self, child: subprocess.Popen) -> None:
        self.send(child, signal.SIGKILL)
        self.wait(child, 10)

    def close(self) -> None:
        """Ends everything, also what is stopped. Nothing starts afterwards."""
        with self._lock:
            self._closed = True
            left = list(self._alive.values())
        for child in left:
            self.kill(child)

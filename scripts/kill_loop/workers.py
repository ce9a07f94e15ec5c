"""The workers, and what is done to them."""
import collections
import pathlib
import random
import re
import signal
import threading
import time

# What a worker may say that ends by itself: the database was away or busy for too long.
AWAY = {"store.busy", "store.connection_lost", "store.commit_unknown"}
# It was away itself for longer than its lease, and another took over. A worker on a file is never:
# it holds its lock as long as it exists.
DECLARED_DEAD = "process.declared_dead"


class Exit:
    """How a worker ended by itself: its exit code, and the code of its last words."""

    def __init__(self, code: int, output: pathlib.Path) -> None:
        self.code = code
        text = output.read_text(encoding="utf-8", errors="replace") if output.exists() else ""
        found = re.findall(r'"code"\s*:\s*"([^"]+)"', text)
        self.word = found[-1] if found else "-"

    def is_legal(self, on_file: bool) -> bool:
        if self.code == 0:
            return True
        legal = AWAY if on_file else AWAY | {DECLARED_DEAD}
        return self.code == 5 and self.word in legal

    def __repr__(self) -> str:
        return f"{self.code} {self.word}"


class Worker:
    """A place in which `aiom serve` runs, again and again."""

    def __init__(self, number: int, house, children, arguments: list[str], seed: int) -> None:
        self.number, self._house, self._children = number, house, children
        self.name = f"kill-loop-{number}"
        self._arguments = [house.binary, "serve", "--json", *arguments]
        self._environment = dict(house.environment)
        if address := house.address_for(self.name):
            self._environment["DATABASE_URL"] = address
        self.random = random.Random(f"{seed}:worker {number}")
        self.child = None
        self.starts = 0

    def start(self) -> None:
        self.starts += 1
        folder = self._house.folder
        self.child = self._children.start(
            self._arguments, self._environment, folder / f"worker-{self.number}.json",
            folder / f"worker-{self.number}.log")

    def ended(self, code: int) -> Exit:
        """How it ended, with what it printed before; kept before the next one writes there."""
        output = self._house.folder / f"worker-{self.number}.json"
        kept = output.with_name(f"worker-{self.number}-end-{self.starts}.json")
        output.rename(kept)
        return Exit(code, kept)

    def signal(self, which: int) -> bool:
        return self.child is not None and self._children.send(self.child, which)

    def kill(self) -> None:
        if self.child is not None:
            self._children.kill(self.child)

    def end_in_order(self, seconds: float):
        """The exit code after SIGTERM; None where it had to be killed."""
        self.signal(signal.SIGTERM)
        code = self._children.wait(self.child, seconds)
        if code is None:
            self.kill()
        return code


class Chaos:
    """Kills and stops workers at random moments, one thread for each of them."""

    def __init__(self, workers: list[Worker], every: float, lease: float, database) -> None:
        self._workers, self._every, self._lease = workers, every, lease
        self._database = database
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.counts = collections.Counter()
        self.own_exits: list[Exit] = []
        self.fault: Exception | None = None

    def begin(self) -> None:
        for worker in self._workers:
            worker.start()
            thread = threading.Thread(target=self._plague, args=[worker], daemon=True)
            self._threads.append(thread)
            thread.start()

    def end(self) -> None:
        """Every worker runs undisturbed from here on."""
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _plague(self, worker: Worker) -> None:
        try:
            while not self._over.is_set():
                # On average every worker is struck once in `every` seconds times their number, so
                # that something happens every so many seconds whatever their number.
                self._sleep(worker, worker.random.uniform(0.05, 2 * self._every * len(self._workers)))
                if self._over.is_set():
                    break
                self._strike(worker)
        except InterruptedError:
            return
        except Exception as error:  # reported by the main thread
            self.fault = error
        finally:
            worker.signal(signal.SIGCONT)

    def _sleep(self, worker: Worker, seconds: float) -> None:
        """Waits; a worker that ends by itself meanwhile is started again."""
        end = time.monotonic() + seconds
        while not self._over.is_set() and (left := end - time.monotonic()) > 0:
            code = self._wait(worker, min(left, 0.25))
            if code is not None:
                self.note(worker, code)
                worker.start()

    def note(self, worker: Worker, code: int) -> None:
        """That a worker ended without being killed."""
        with self._lock:
            self.own_exits.append(worker.ended(code))

    @staticmethod
    def _wait(worker: Worker, seconds: float):
        return worker._children.wait(worker.child, seconds)

    def _strike(self, worker: Worker) -> None:
        kind = worker.random.choices(
            ["kill", "pause", "pause_kill", "term", "exile"], [60, 18, 7, 5, 10])[0]
        if kind == "exile" and not self._database.can_exile:
            kind = "kill"
        # A pause is long, so there are fewer where kills are many.
        if kind not in ("kill", "term") and worker.random.random() > min(1, self._every / 2):
            kind = "kill"
        with self._lock:
            self.counts[kind] += 1
        if kind == "term":
            code = worker.end_in_order(70)
            # Before it listens to signals, a process that has just begun ends at once.
            if code not in (0, -signal.SIGTERM):
                self.note(worker, -9 if code is None else code)
        elif kind == "kill":
            worker.kill()
        else:
            worker.signal(signal.SIGSTOP)
            if kind == "exile":
                # Frozen, and its lock is free: the others take over what it had.
                self._database.exile(worker.name)
            self._over.wait(self._lease + worker.random.uniform(0.5, 2.5))
            if kind != "pause_kill":
                worker.signal(signal.SIGCONT)
                return
            worker.kill()
        self._over.wait(worker.random.uniform(0, min(1.0, self._every)))
        worker.start()

"""One run: prepare, approve and kill, let it come to rest, answer what is asked, count."""
import queue
import random
import threading
import time

from kill_loop import faults
from kill_loop.accounts import Accounts
from kill_loop.house import CommandFailed, text
from kill_loop.patience import Patience
from kill_loop.workers import Chaos, Worker

# After the first look the search has shown what it has; the margin is for busy machines.
FIRST_LOOK = 15
CALL_DEADLINE = 30
# The part of the approvals that are killed in the middle and given again.
DYING_APPROVALS = 0.02
APPROVED_ALREADY = {"action.approved", "action.executing", "action.completed", "action.failed"}


class Loop:
    def __init__(self, options, children, provider, house, database, say) -> None:
        self.options, self.children = options, children
        self.provider, self.house, self.say = provider, house, say
        self.database = database
        self.accounts = Accounts()
        self.chaos = None
        self.workers: list[Worker] = []
        self.killed_approvals = 0
        self._random = random.Random(f"{options.seed}:approvals")
        self.seconds: dict[str, float] = {}
        self._lock = threading.Lock()

    def run(self):
        """The closing account."""
        self._phase("prepared", self._prepare)
        self._phase("approved and killed", self._approve_and_kill)
        self._phase("came to rest", self._rest)
        self._phase("asked and answered", self._answer)
        self._phase("stopped", self._stop)
        return self.accounts.closing(
            self.house.actions(), self.provider.accepted(), self.provider.texts())

    def _phase(self, name: str, body) -> None:
        began = time.monotonic()
        body()
        self.seconds[name] = time.monotonic() - began

    def _problem(self, words: str) -> None:
        with self._lock:
            self.accounts.problems.append(words)
        self.say(f"PROBLEM: {words}")

    # --- Preparing -----------------------------------------------------------------------------

    def _prepare(self) -> None:
        options = self.options
        self.plan = faults.FaultPlan(
            faults.named(options.faults, self.provider.known_faults()), options.share, options.seed)
        self.accounts.connections_close = self.plan.closes_connections
        planned = [self.plan.next() for _ in range(options.actions)]
        self.house.create()
        self.house.propose_mails(planned)
        by_customer = {f"Customer {n}": fault for n, fault in enumerate(planned, 1)}
        listed = self.house.titled()
        self.proposed = []
        for title, action in listed:
            self.accounts.planned[action.id] = by_customer[title.split(" · ")[0]]
            self.proposed.append(action)
        if options.sms:
            self._prepare_texts(len(planned))
        random.Random(f"{options.seed}:order").shuffle(self.proposed)
        self.say(f"proposed {len(self.proposed)} actions, {options.sms} of them SMS")
        if options.webhook_port:
            self.house.run("smtp2go", "webhook", "install")

    def _prepare_texts(self, mails: int) -> None:
        self.house.import_phones(self.options.sms)
        self.provider.set_faults(faults.sms_sequence(self.options.seed), "/sms/send")

        def propose(number: int) -> None:
            action = self.house.propose_text(number, mails + number)
            with self._lock:
                self.accounts.texts[action.id] = text(number)
                self.proposed.append(action)

        self._in_parallel(propose, range(1, self.options.sms + 1))

    # --- Approving and killing -----------------------------------------------------------------

    def _approve_and_kill(self) -> None:
        options = self.options
        self.workers = [
            Worker(n, self.house, self.children, self._listeners(n), options.seed)
            for n in range(1, options.workers + 1)]
        self.chaos = Chaos(
            self.workers, options.kill_every, options.lease, self.database)
        if options.backlog:
            self._approve_all()
        self.chaos.begin()
        self.database.die_every(options.database_dies_every)
        if not options.backlog:
            self._approve_all()
        longest = self.plan.longest_pause + 4 * CALL_DEADLINE + options.settling
        self._until_quiet(longest)
        self.database.live_on()
        self.chaos.end()
        if self.chaos.fault:
            raise self.chaos.fault

    def _listeners(self, number: int) -> list[str]:
        place = f"127.0.0.1:{self.options.webhook_port}" if number == 1 else "off"
        if not self.options.webhook_port:
            place = "off"
        return ["--listen", "off", "--public-listen", place]

    def _approve_all(self) -> None:
        end = time.monotonic() + self.options.seconds if self.options.seconds else None

        def approve(action) -> None:
            if end is None or time.monotonic() < end:
                self._approve(action)

        self._in_parallel(approve, self.proposed, "approving")

    def _approve(self, action) -> None:
        with self._lock:
            self.accounts.approved.add(action.id)
            dies = self._random.random() < DYING_APPROVALS
            moment = self._random.uniform(0, 0.12)
        if dies:
            self.killed_approvals += 1
            self.house.approve_and_die(action, moment)
        for _ in range(3):
            try:
                return self.house.approve(action)
            except CommandFailed as failure:
                if failure.code is None:
                    dies = True  # it hung beyond its deadline and was killed
                    continue
                if (dies or failure.was_repeated) and failure.code_word in APPROVED_ALREADY:
                    return  # the one whose answer nobody got had come so far
                return self._problem(str(failure))
        self._problem(f"{action.id} could not be approved in time")

    def _in_parallel(self, body, items, words: str = "") -> None:
        """Two at a time; a fault of one of them ends the run."""
        waiting: queue.SimpleQueue = queue.SimpleQueue()
        for item in items:
            waiting.put(item)
        failures: list[Exception] = []

        def work() -> None:
            try:
                while not failures:
                    body(waiting.get_nowait())
            except queue.Empty:
                return
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            threads[0].join(timeout=5)
            threads[1].join(timeout=0.1)
            if words and any(thread.is_alive() for thread in threads):
                self._progress(f"{words}, {waiting.qsize()} to go")
        if failures:
            raise failures[0]

    def _progress(self, words: str) -> None:
        summary = self.provider.summary()
        struck = self.chaos.counts if self.chaos else {}
        self.say(
            f"{words}; approved {len(self.accounts.approved)}, accepted "
            f"{summary['messages'] + summary['sms']}, hanging {summary['hanging']}, "
            f"kills {struck.get('kill', 0)}, pauses {struck.get('pause', 0)}, database down "
            f"{self.database.deaths.total()}")

    # --- Coming to rest ------------------------------------------------------------------------

    def _ours(self):
        return [a for a in self.house.actions() if a.id in self.accounts.approved]

    def _until_quiet(self, seconds: float) -> bool:
        """Until nothing that was approved moves any more."""
        patience = Patience(seconds)
        while True:
            moving = [action for action in self._ours() if action.is_moving]
            if not moving:
                return True
            if patience.is_over:
                self.say(f"{len(moving)} still move: {moving[0]}")
                return False
            self._progress(f"{len(moving)} under way")
            time.sleep(3)

    def _rest(self) -> None:
        """Until every outcome that the provider's activity shows is known here."""
        self._keep_running()
        self.provider.end_faults("/sms/send")
        longest = self.plan.longest_pause + 3 * CALL_DEADLINE + self.options.settling
        if not self._until_quiet(longest):
            self._problem("actions still moved at the deadline")
        patience = Patience(FIRST_LOOK + 60 + self.options.settling)
        while True:
            unknown, known = self._unknown()
            if not known:
                return
            if patience.is_over:
                for action in known:
                    self._problem(
                        f"the activity shows {action.id} ({action.error}), and it is not settled")
                return
            self._progress(f"{len(unknown)} unknown, {len(known)} of them accepted")
            time.sleep(3)

    def _unknown(self):
        """Unknown outcomes; and those among them whose message the provider has."""
        unknown = [action for action in self._ours() if action.is_unknown]
        if not unknown:
            return [], []
        messages = self.accounts.messages(self.provider.accepted(), self.provider.texts())
        return unknown, [action for action in unknown if messages[action.id]]

    def _keep_running(self) -> None:
        for worker in self.workers:
            code = worker.child.poll()
            if code is not None:
                self.children.wait(worker.child, 1)
                self.chaos.note(worker, code)
                worker.start()

    # --- Asking and answering ------------------------------------------------------------------

    def _answer(self) -> None:
        """Answers every question with *not sent* and approves the new revision, until none is left."""
        for round in range(1, 6):
            unknown, known = self._unknown()
            if known:
                self._rest()
                unknown, known = self._unknown()
            asked = [action for action in unknown if action not in known]
            if not asked:
                return
            self.say(f"round {round}: {len(asked)} asked about, all answered with --not-sent")
            for action in asked:
                self.accounts.ask(action)
            self._in_parallel(self._not_sent, asked, "answering")
            self._keep_running()
            longest = self.plan.longest_pause + 3 * CALL_DEADLINE + self.options.settling
            if not self._until_quiet(longest):
                return self._problem("actions still moved after the answers")
            self._rest()

    def _not_sent(self, action) -> None:
        """As soon as the engine takes the answer: it looks first, and waits for a death's proof."""
        patience = Patience(FIRST_LOOK + 60 + self.options.settling)
        while True:
            try:
                revised = self.house.say_not_sent(action)
                break
            except CommandFailed as failure:
                if failure.was_repeated and failure.code_word == "action.pending_approval":
                    revised = self.house.shown(action)
                    break
                early = failure.code_word in {"attempt.not_looked_for", "attempt.process_not_dead"}
                if not early or patience.is_over:
                    return self._problem(str(failure))
                time.sleep(1)
        if revised.status != "pending_approval" or revised.revision != action.revision + 1:
            return self._problem(f"{action.id} did not ask for a new approval: {revised.status}")
        self._approve(revised)

    # --- Ending --------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._keep_running()
        for worker in self.workers:
            code = worker.end_in_order(70)
            if code != 0:
                self._problem(f"worker {worker.number} ended with {code} after SIGTERM")

"""An AIOM installation in a temporary directory, used through its command line alone."""
import csv
import dataclasses
import datetime
import itertools
import json
import pathlib
import threading
import time

from kill_loop.patience import Patience

ORG = "kill-loop"
# What is proven is that nothing goes out twice, not how long it waits for a cap.
NO_CAPS = [
    part for name in ("email.org.hour", "email.org.day", "sms.org.hour", "sms.org.day")
    for part in ("--cap", f"{name}=none")]


class CommandFailed(Exception):
    """A command ended with a code that was not expected."""

    def __init__(self, arguments, code, output: str, code_word: str) -> None:
        super().__init__(f"aiom {' '.join(arguments)}: exit {code} {code_word} {output[-300:]}")
        self.code, self.code_word = code, code_word
        # Whether it may have been done by an earlier try whose answer was lost.
        self.was_repeated = False


@dataclasses.dataclass
class Action:
    """What the list says of an action."""

    id: str
    status: str
    hold: str | None
    revision: int
    digest: str
    error: str | None
    is_sms: bool

    @property
    def is_unknown(self) -> bool:
        return self.status == "executing" and self.hold == "outcome_unknown"

    @property
    def is_moving(self) -> bool:
        return self.status == "approved" or (self.status == "executing" and not self.is_unknown)


class House:
    def __init__(
        self, children, binary: str, folder: pathlib.Path, environment: dict, database
    ) -> None:
        self.folder, self.environment, self.binary = folder, environment, binary
        self.address_for = database.address_for
        self._children = children
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.retries = 0

    # --- Commands ------------------------------------------------------------------------------

    def run(self, *arguments: str, seconds: float = 60):
        """What a command answers under --json."""
        with self._lock:
            output = self.folder / f"answer-{next(self._numbers)}.json"
        child = self._children.start(
            [self.binary, *arguments, "--json"], self.environment, output, self.folder / "cli.log")
        patience = Patience(seconds)
        code = None
        while code is None and not patience.is_over:
            code = self._children.wait(child, min(seconds, 5))
        if code is None:
            self._children.kill(child)
        text = output.read_text(encoding="utf-8", errors="replace")
        output.unlink()
        try:
            answer = json.loads(text)
        except ValueError:
            answer = {}
        if code != 0:
            raise CommandFailed(arguments, code, text, answer.get("error", {}).get("code", "-"))
        return answer

    def insist(self, *arguments: str):
        """The same, again while the database is busy: a stopped worker may hold its lock."""
        patience, before = Patience(90), self.retries
        while True:
            try:
                return self.run(*arguments)
            except CommandFailed as failure:
                failure.was_repeated = self.retries > before
                if failure.code != 5 or patience.is_over:
                    raise
                self.retries += 1
                time.sleep(0.3)

    # --- Preparing -----------------------------------------------------------------------------

    def create(self) -> None:
        self.run(
            "init", "--org", ORG, "--name", "Kill Loop", "--address", "1 Loop Back", *NO_CAPS,
            "--country", "US", "--zone", "UTC", "--sender", "Kill Loop <billing@loop.example>",
            "--window", "00:00-24:00", "--days", "1-7", "--undo-seconds", "0", "--mode", "sandbox")

    def propose_mails(self, faults: list[str]) -> None:
        """One overdue invoice for each fault; the address asks the sandbox for it, once."""
        today = datetime.date.today()
        issued, due = today - datetime.timedelta(90), today - datetime.timedelta(60)
        partners, invoices = [], []
        for number, fault in enumerate(faults, 1):
            address = f"c{number}" if fault == "none" else f"fault.{fault}.1+c{number}"
            partners.append((f"c{number}", f"Customer {number}", f"{address}@c{number}.example", ""))
            invoices.append((f"INV-{number}", f"c{number}", issued, due, f"{100 + number}.00", "USD"))
        self._import("partners", ("external_id", "name", "email", "phone"), partners)
        self._import(
            "invoices", ("number", "partner", "issued", "due", "total", "currency"), invoices)
        self.run("analyze", seconds=600)

    def import_phones(self, count: int) -> None:
        rows = [(f"s{n}", f"Texted {n}", "", phone(n)) for n in range(1, count + 1)]
        self._import("partners", ("external_id", "name", "email", "phone"), rows)

    def propose_text(self, number: int, partner: int) -> Action:
        document = {
            "version": "1.1", "org_id": ORG, "action_type": "x_send_sms_alert",
            "expected_effect": "The customer knows the text.",
            "reasoning": "The kill loop sends one text to each number.",
            "affected_records": {
                "odoo_model": "res.partner", "odoo_ids": [partner], "partner_id": partner},
            "idempotency_key": f"text-{number}",
            "operation": {
                "type": "send_sms", "inputs": {"to": phone(number), "body": text(number)}},
        }
        path = self.folder / f"text-{number}.json"
        path.write_text(json.dumps(document))
        answer = self.insist("action", "propose", str(path))
        path.unlink()
        return read(answer["action"])

    def _import(self, kind: str, header, rows) -> None:
        if not rows:
            return
        path = self.folder / f"{kind}.csv"
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        answer = self.run("import", kind, str(path), seconds=600)
        if answer["rejected"]:
            raise CommandFailed(("import", kind), 0, json.dumps(answer["rejections"][:3]), "rejected")

    # --- Deciding and looking ------------------------------------------------------------------

    def actions(self) -> list[Action]:
        return [action for _, action in self.titled()]

    def titled(self) -> list[tuple[str, Action]]:
        """Every action with its title."""
        listed = self.insist("action", "list", "--limit", "10000")["actions"]
        return [(item["title"], read(item)) for item in listed]

    def shown(self, action: Action) -> Action:
        return read(self.insist("action", "show", action.id)["action"])

    def approve(self, action: Action) -> None:
        self.insist("action", "approve", action.id, "--digest", action.digest)

    def approve_and_die(self, action: Action, seconds: float) -> None:
        """The same, killed after so long, wherever it has come to by then."""
        child = self._children.start(
            [self.binary, "action", "approve", action.id, "--digest", action.digest, "--json"],
            self.environment, self.folder / "killed-approval.json", self.folder / "cli.log")
        self._children.wait(child, seconds)
        self._children.kill(child)

    def say_not_sent(self, action: Action) -> Action:
        answer = self.insist(
            "action", "settle", action.id, "--not-sent", "--reason", "not on the activity page")
        return read(answer["action"])


def read(item: dict) -> Action:
    hold = item["hold"] or {}
    return Action(
        item["action_id"], item["status"], hold.get("reason"), item["revision"], item["digest"],
        item["error_code"], item["operation"] == "send_sms")


def phone(number: int) -> str:
    """A number in North America's range for fiction: 555-0100 to 555-0199 of an area code."""
    area = [202, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 801][number // 100]
    return f"+1{area}55501{number % 100:02d}"


def text(number: int) -> str:
    return f"Kill loop text {number}."

"""What every approved action came to, beside what the provider accepted."""
import collections
import dataclasses

from kill_loop import faults

# What the engine calls a call whose process was gone, or could not write its result down.
LEFT_BY_A_PROCESS = {"process_died", "result_not_recorded"}


@dataclasses.dataclass
class Asked:
    """A question to a person, and where its cause lies."""

    action: str
    cause: str  # "kill", "fault", "closed" or "unexplained"


class Accounts:
    """Thread-safe only in `approved`, which threads add to."""

    def __init__(self) -> None:
        self.connections_close = False
        self.planned: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.approved: set[str] = set()
        self.asked: list[Asked] = []
        self.answered: set[str] = set()
        self.problems: list[str] = []

    def ask(self, action) -> None:
        """Notes a question and why it may be asked."""
        if action.error in LEFT_BY_A_PROCESS:
            cause = "kill"
        elif action.is_sms or self.planned.get(action.id) in faults.UNSEEN:
            cause = "fault"
        elif self.connections_close and action.error == "connection_lost":
            cause = "closed"
        else:
            cause = "unexplained"
            self.problems.append(
                f"asked about {action.id} ({action.error}) without a kill or a fault that explains it")
        self.asked.append(Asked(action.id, cause))
        self.answered.add(action.id)

    def messages(self, accepted, texts) -> collections.Counter:
        """Accepted messages of each action: mails by their operation id, SMS by their text."""
        found = collections.Counter()
        for operation, count in accepted.items():
            found[operation.rsplit(".", 2)[0]] += count
        for action, words in self.texts.items():
            found[action] += texts.get(words, 0)
        return found

    def closing(self, actions, accepted, texts) -> "Closing":
        """Counts, and finds everything that must not be."""
        states = {action.id: action for action in actions}
        messages = self.messages(accepted, texts)
        closing = Closing(approved=len(self.approved), messages=sum(messages.values()))
        foreign = set(texts) - set(self.texts.values())
        closing.wrong += [f"an SMS of nobody's: {words!r}" for words in sorted(foreign)]
        for id in sorted(set(messages) - self.approved):
            if messages[id]:
                closing.wrong.append(f"{id}: {messages[id]} messages without an approval")
        for id in sorted(self.approved):
            self._judge(id, states.get(id), messages[id], closing)
        return closing

    def _judge(self, id: str, action, messages: int, closing: "Closing") -> None:
        if id in self.answered and messages == 1 and action and action.status == "completed":
            closing.sent_after_answer += 1
        if messages > 1:
            closing.duplicates.append(f"{id}: {messages} messages, fault {self.planned.get(id)}")
        if action is None:
            return closing.unaccounted.append(f"{id}: gone from the list")
        where = f"{id}: {action.status} {action.hold or action.error or ''}".strip()
        where = f"{where}, fault {self.planned.get(id)}"
        if action.status == "completed":
            closing.completed += 1
            if messages == 0:
                closing.unaccounted.append(f"{where}: completed, and no message was accepted")
        elif action.status == "failed":
            closing.failed[action.error or "without a reason"] += 1
            if not action.error:
                closing.unaccounted.append(f"{where}: failed without a reason")
            if messages:
                closing.unaccounted.append(f"{where}: failed, and a message was accepted")
        elif action.hold and action.hold != "outcome_unknown":
            closing.held[action.hold] += 1
        else:
            closing.unaccounted.append(f"{where}: neither done, failed, held nor asked about")


@dataclasses.dataclass
class Closing:
    approved: int = 0
    messages: int = 0
    completed: int = 0
    # Answered with *not sent*, approved again, and accepted exactly once.
    sent_after_answer: int = 0
    failed: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    held: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    duplicates: list[str] = dataclasses.field(default_factory=list)
    unaccounted: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)

"""The closing report, for people and as Markdown."""
import collections
import datetime
import platform


def counted(counter: collections.Counter) -> str:
    return ", ".join(f"{name} {n}" for name, n in counter.most_common())


class Report:
    def __init__(self, loop, closing, options) -> None:
        self.loop, self.closing, self.options = loop, closing, options
        causes = collections.Counter(asked.cause for asked in loop.accounts.asked)
        struck = loop.chaos.counts
        self.kills = struck["kill"] + struck["pause_kill"]
        self.lines = self._lines(causes, struck)
        self.violations = (
            closing.duplicates + closing.unaccounted + closing.wrong + loop.accounts.problems)
        # A call under way holds one of the places of its process.
        most = (self.kills + struck["term"]) * options.calls
        if causes["kill"] > most:
            self.violations.append(f"{causes['kill']} asked after kills, at most {most} were under way")
        closed = loop.provider.struck().get("idle_close", 0)
        if causes["closed"] > closed:
            self.violations.append(
                f"{causes['closed']} lost on closed connections, {closed} were closed")
        for exit in loop.chaos.own_exits:
            if not exit.is_legal(on_file=loop.database.is_file):
                self.violations.append(f"a worker ended by itself with {exit}")

    def _lines(self, causes, struck) -> list[tuple[str, str, str]]:
        closing, accounts = self.closing, self.loop.accounts
        failed, held = counted(closing.failed), counted(closing.held)
        rows = [
            ("actions approved", str(closing.approved), f"{len(accounts.texts)} SMS proposed"),
            ("messages accepted", str(closing.messages), ""),
            ("completed", str(closing.completed), ""),
            ("failed with a reason", str(sum(closing.failed.values())), failed),
            ("held with a reason", str(sum(closing.held.values())), held),
            ("**duplicates**", str(len(closing.duplicates)), "must be 0"),
            ("**unaccounted**", str(len(closing.unaccounted) + len(closing.wrong)), "must be 0"),
            ("asked", str(len(accounts.asked)),
             f"after kills {causes['kill']}, unseen by the provider {causes['fault']}, "
             f"on a connection that it closed {causes['closed']}, "
             f"unexplained {causes['unexplained']} (must be 0)"),
            ("answered with --not-sent", str(len(accounts.answered)),
             f"{closing.sent_after_answer} went exactly once, the provider refused the others"),
            ("kills (SIGKILL)", str(self.kills), f"{struck['pause_kill']} of them while stopped"),
            ("pauses beyond the lease", str(struck["pause"] + struck["exile"]),
             f"lease {self.options.lease} s; {struck['exile']} of them without connections"),
            ("ends in order (SIGTERM)", str(struck["term"]), ""),
            ("exits by themselves", str(len(self.loop.chaos.own_exits)), counted(
                collections.Counter(map(str, self.loop.chaos.own_exits)))),
            ("approvals killed midway", str(self.loop.killed_approvals), "and given again"),
            ("commands repeated (busy)", str(self.loop.house.retries), ""),
        ]
        if self.options.database_dies_every:
            deaths = self.loop.database.deaths
            rows.append(("deaths of the database", str(deaths.total()), counted(deaths)))
        return rows

    @property
    def holds(self) -> bool:
        return not self.violations

    def text(self) -> str:
        rows = [(name.strip("*"), value, note) for name, value, note in self.lines]
        width = max(len(name) for name, _, _ in rows)
        lines = [f"{name:<{width}}  {value:>6}  {note}".rstrip() for name, value, note in rows]
        times = ", ".join(f"{name} {n:.0f} s" for name, n in self.loop.seconds.items())
        lines.append(times)
        lines += [f"VIOLATION: {words}" for words in self.violations[:40]]
        lines.append("all of it holds" if self.holds else f"{len(self.violations)} violations")
        return "\n".join(lines)

    def markdown(self) -> str:
        options = self.options
        struck = self.loop.provider.struck()
        lines = [
            "# Kill loop", "",
            f"{datetime.datetime.now():%Y-%m-%d %H:%M}, {platform.system()} {platform.machine()}. "
            f"Seed {options.seed}, {options.workers} workers, {self.loop.database.kind}, a strike "
            f"every {options.kill_every:g} s on average, lease {options.lease} s, "
            f"faults {options.faults or 'the default mix'} in {options.share:.0%} of the mails, "
            + ("webhook and activity search." if options.webhook_port else "activity search."), "",
            "| what | how many | |", "|---|---|---|",
        ]
        lines += [f"| {name} | {value} | {note} |" for name, value, note in self.lines]
        lines += ["", "Phases: " + ", ".join(
            f"{name} {n:.0f} s" for name, n in self.loop.seconds.items()) + ".", ""]
        lines += ["Faults that struck: " + ", ".join(
            f"{name} {n}" for name, n in sorted(struck.items())) + ".", ""]
        lines += [f"- violation: {words}" for words in self.violations]
        lines.append("Everything holds." if self.holds else "**It does not hold.**")
        return "\n".join(lines) + "\n"

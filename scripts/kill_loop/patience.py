"""Deadlines that do not run while the whole run stands still."""
import time


class Patience:
    """So many seconds of looking. Between two looks at most ten count: more than that pass only when
    the machine was asleep or the run was stopped from outside."""

    MOST = 10.0

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._last = time.monotonic()

    @property
    def is_over(self) -> bool:
        now = time.monotonic()
        self._left -= min(now - self._last, self.MOST)
        self._last = now
        return self._left <= 0

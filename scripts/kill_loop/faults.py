"""The sandbox's faults: what each means for a message, and which message gets which."""
import random

# Short names for the command line; every name of the sandbox works too.
ALIASES = {
    "hang_before": "hang_before_accepting",
    "cut_before": "cut_before_accepting",
    "500_before": "http_500",
    "html": "html_502",
    "html_before": "html_502",
    "429": "http_429_key",
    "hang_after": "hang_after_accepting",
    "cut_after": "cut_after_accepting",
    "500_after": "http_500_after_accepting",
    "html_after": "html_502_after_accepting",
    "slow": "slow_answer",
}

# How often each is chosen where nothing else is asked for. A hang holds a place until the call's
# deadline of 30 s, so there are few.
ANSWERED = {"slow_answer": 3, "no_id_200": 5, "partial_failures_200": 5, "fast_accept": 9,
            "idle_close": 9}
KEPT_UNKNOWN = {"hang_after_accepting": 1, "hang_mid_answer": 1, "cut_after_accepting": 12,
                "cut_mid_answer": 6, "http_500_after_accepting": 8,
                "html_502_after_accepting": 6, "http_504_after_accepting": 3, "not_json_200": 5,
                "empty_200": 5}
REFUSED = {"http_400": 4, "http_402": 1, "failures_200": 3, "error_200": 3}
NOT_KEPT_UNKNOWN = {"hang_before_accepting": 1, "cut_before_accepting": 3, "http_500": 3,
                    "html_502": 2, "http_503": 1, "http_504": 1, "http_413": 1,
                    "redirect_307": 1}
DEFAULT = ANSWERED | KEPT_UNKNOWN | REFUSED | NOT_KEPT_UNKNOWN

# Each pauses the whole channel for a minute, so one message in so many gets one.
THROTTLING = {"http_429", "http_429_key", "http_429_address", "http_429_retry_after"}
ONE_THROTTLED_IN = 1000
# Each pauses the channel for five minutes.
CONFIGURATION = {"http_400_key", "http_401_key", "http_500_key", "http_403_key",
                 "http_400_permission", "http_403_permission", "http_400_plan"}
# The provider saw nothing of the message, and its answer does not say so.
UNSEEN = set(NOT_KEPT_UNKNOWN) | {"http_401", "http_403", "http_404"}
# Afterwards the provider closes the connection unannounced: a request that goes out on it in that
# very moment is lost, whatever its own fault is.
CLOSING = {"idle_close"}
# The provider has the message and its activity never says so: nobody could tell the truth.
UNTELLABLE = {"activity_never"}


class UnknownFault(Exception):
    """A name that the sandbox does not have, or one that this program cannot judge."""


def named(text: str, known: list[str]) -> dict[str, int]:
    """Weights of the faults that a comma-separated list names; all of the default without one."""
    if not text:
        return DEFAULT | {"http_429_key": 0}
    chosen = {}
    for word in (part.strip() for part in text.split(",")):
        name = ALIASES.get(word, word)
        if name not in known or name in UNTELLABLE:
            raise UnknownFault(word)
        chosen[name] = DEFAULT.get(name, 3)
    return chosen


class FaultPlan:
    """Which fault strikes which message, decided by the seed alone."""

    def __init__(self, weights: dict[str, int], share: float, seed: int) -> None:
        self._throttling = [name for name in weights if name in THROTTLING]
        usual = {name: n for name, n in weights.items() if name not in THROTTLING}
        self._names, self._weights = list(usual), list(usual.values())
        self._share = share
        self._random = random.Random(f"{seed}:faults")
        self._since_throttled = ONE_THROTTLED_IN // 2

    def next(self) -> str:
        """The fault of one more message; `none` where nothing goes wrong."""
        self._since_throttled += 1
        if self._throttling and self._since_throttled >= ONE_THROTTLED_IN:
            self._since_throttled = 0
            return self._random.choice(self._throttling)
        if not self._names or self._random.random() >= self._share:
            return "none"
        return self._random.choices(self._names, self._weights)[0]

    @property
    def closes_connections(self) -> bool:
        return bool(CLOSING & set(self._names))

    @property
    def longest_pause(self) -> float:
        """Seconds for which a fault of the plan may keep the whole channel waiting."""
        if CONFIGURATION & set(self._names):
            return 330
        return 75 if self._throttling else 15


def sms_sequence(seed: int) -> list[dict]:
    """A sequence of faults for SMS, which repeats itself: no number can ask for a fault only once."""
    generator = random.Random(f"{seed}:sms")
    names = ["cut_after_accepting"] * 3 + ["cut_before_accepting"] * 2 + ["http_500"] * 2
    names += ["http_500_after_accepting"] * 2 + ["hang_after_accepting", "not_json_200"]
    generator.shuffle(names)
    sequence = []
    for name in names:
        sequence += [{"fault": "none", "count": generator.randint(1, 3)}, {"fault": name, "count": 1}]
    return sequence

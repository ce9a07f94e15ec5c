"""The sandbox as a process, and what it says it accepted."""
import collections
import json
import pathlib
import time
import urllib.error
import urllib.parse
import urllib.request


class ProviderError(Exception):
    """The sandbox did not start or did not answer."""


class Provider:
    def __init__(self, children, binary: str, folder: pathlib.Path, environment: dict) -> None:
        self._children = children
        self._arguments = [binary, "sandbox", "--port", "0", "--json"]
        self._announcement = folder / "sandbox.json"
        self._errors = folder / "sandbox.log"
        self._environment = environment
        self.page = ""

    @property
    def url(self) -> str:
        return self.page + "v3"

    def start(self) -> None:
        child = self._children.start(
            self._arguments, self._environment, self._announcement, self._errors)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and child.poll() is None:
            try:
                self.page = json.loads(self._announcement.read_text())["page"]
                # Half a second for each byte would make one answer take a minute.
                return self._post("settings", {"slow_byte_milliseconds": 15})
            except (ValueError, KeyError):
                time.sleep(0.05)
        raise ProviderError("the sandbox did not start; see sandbox.log")

    def known_faults(self) -> list[str]:
        return self._get("faults")["known"]

    def set_faults(self, sequence: list[dict], path: str) -> None:
        entries = [entry | {"path": path} for entry in sequence]
        self._post("faults", {"faults": entries, "cycle": True})

    def end_faults(self, path: str) -> None:
        """Nothing goes wrong at an endpoint any more, but for recipients who ask for it. (Clearing
        all faults would also forget which recipients had theirs.)"""
        self._post("faults", {"fault": "none", "path": path})

    def struck(self) -> dict[str, int]:
        """How often each fault struck."""
        return self._get("faults")["struck"]

    def accepted(self) -> collections.Counter:
        """Messages accepted for each operation."""
        found = collections.Counter()
        for item in self._all("operations", "operations"):
            found[item["operation"]] += item["messages"]
        return found

    def texts(self) -> collections.Counter:
        """SMS accepted with each text."""
        return collections.Counter(item["content"] for item in self._all("sms", "messages"))

    def summary(self) -> dict:
        return self._get("summary")

    def _all(self, path: str, member: str):
        offset = 0
        while offset is not None:
            page = self._get(f"{path}?offset={offset}&limit=1000")
            yield from page[member]
            offset = page["next_offset"]

    def _get(self, path: str) -> dict:
        return json.loads(self._request(path, "GET"))

    def _post(self, path: str, body) -> None:
        self._request(path, "POST", json.dumps(body).encode())

    def _request(self, path: str, method: str, body=None) -> bytes:
        request = urllib.request.Request(
            urllib.parse.urljoin(self.page, f"_sandbox/{path}"), data=body, method=method)
        last = None
        for _ in range(5):
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                raise ProviderError(f"{method} {path}: {error.code} {error.read()[:300]!r}")
            except OSError as error:
                last = error
                time.sleep(0.2)
        raise ProviderError(f"{method} {path}: {last}")

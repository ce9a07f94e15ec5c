"""Running programs that the browser looks at: the demo, and an installation of its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile

BINARY = os.environ["AIOM_BINARY"]


def _announcement(process):
    """The first JSON value that a serving process prints."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("}"):
            return json.loads("".join(lines))
    raise RuntimeError("it did not start: " + "".join(lines) + process.stderr.read())


class Program:
    """A serving process with its first words; ended by Ctrl-C."""

    def __init__(self, arguments, environment):
        self.folder = tempfile.mkdtemp(prefix="aiom-browser-")
        self.process = subprocess.Popen(
            [BINARY, *arguments],
            env={"PATH": os.environ["PATH"], "HOME": self.folder, **environment},
            cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.said = _announcement(self.process)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode


class Demo(Program):
    """`aiom demo` as somebody meets it who has read nothing."""

    def __init__(self):
        super().__init__(["demo", "--json", "--listen", "127.0.0.1:0"], {})
        self.address = self.said["address"]
        self.root = self.address.split("/enter/")[0]
        self.outbox = self.said["outbox"]


class House:
    """An installation of its own, with an owner and a policy."""

    password = "four unrelated words here"
    customers = {1: "One", 2: "Two", 3: "Three"}

    def __init__(self, policy):
        self.folder = tempfile.mkdtemp(prefix="aiom-browser-")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder,
            "AIOM_HOME": os.path.join(self.folder, "home")}
        self.run("init", "--org", "acme", "--name", "Acme", "--country", "US", "--sender",
                 "Acme <billing@acme.example>", "--days", "1-7", "--window", "00:00-23:59")
        self.write("partners.csv", "id,name,email\n" + "".join(
            f"{number},Customer {name},billing@customer{number}.example\n"
            for number, name in self.customers.items()))
        self.run("import", "partners", "partners.csv")
        self.write("policy.yaml", policy)
        asked = self.run("policy", "activate", "policy.yaml", "--reason", "a test", "--json")
        asked = json.loads(asked)["request"]
        self.run("policy", "approve", asked["request"], "--digest", asked["digest"])
        self.write("proposal.json", json.dumps(self.proposal(1)))
        self.run("action", "propose", "proposal.json")
        self.run("person", "add", "ann", "--name", "Ann Lee", "--role", "owner", "--stdin",
                 text=f"{self.password}\n{self.password}\n")
        self.serving = Program(
            ["serve", "--json", "--listen", "127.0.0.1:0", "--public-listen", "off"],
            self.environment)
        port = re.search(r":(\d+)$", self.serving.said["listening"]["private"]).group(1)
        # Passkeys belong to a name.
        self.root = f"http://localhost:{port}"

    @classmethod
    def proposal(cls, number):
        """A message of somebody's own words to a customer."""
        return {
            "version": "1.1", "org_id": "acme", "action_type": "x_send_custom_message",
            "operation": {"type": "send_email", "inputs": {
                "to": [f"billing@customer{number}.example"], "subject": "Our hours",
                "body_text": "We are open on Monday."}},
            "affected_records": {
                "partner_id": number, "partner_name": f"Customer {cls.customers[number]}"},
            "expected_effect": "The customer knows our hours.",
            "reasoning": "The hours change next week.", "idempotency_key": f"hours-{number}"}

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments, text=""):
        done = subprocess.run(
            [BINARY, *arguments], env=self.environment, cwd=self.folder, text=True, input=text,
            capture_output=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"aiom {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def action(self):
        listed = json.loads(self.run("action", "list", "--json"))["actions"]
        return listed[0]

    def end(self):
        status = self.serving.end()
        shutil.rmtree(self.folder, ignore_errors=True)
        return status

"""Sends through a sandbox with apprise (PyPI apprise), unchanged but for its address.

usage: foreign_apprise.py BASE KEY FILE     (BASE without /v3; FILE is attached)

Prints one JSON array of booleans: what apprise reports for each notification.
"""

import json
import logging
import sys

import apprise
from apprise.plugins.smtp2go import NotifySMTP2Go

logging.disable(logging.CRITICAL)
base, key, attachment = sys.argv[1:]
NotifySMTP2Go.notify_url = base + "/v3/email/send"
# Its own pause between two messages, which is nobody's concern here.
NotifySMTP2Go.request_rate_per_sec = 0


def notify(address, body, **options):
    sender = apprise.Apprise()
    sender.add(address)
    return bool(sender.notify(body=body, title="From apprise", **options))


json.dump(
    [
        notify(
            f"smtp2go://billing@acme.example/{key}/ann@example.org/bob@example.org"
            "?name=Acme&cc=carl@example.org&bcc=dora@example.org&+X-AIOM-Operation=foreign-2",
            "<p>Rich</p>",
            attach=attachment,
        ),
        notify(f"smtp2go://billing@acme.example/{key}/ann@example.org?format=text", "Plain"),
        notify(f"smtp2go://billing@acme.example/api-{'0' * 32}/ann@example.org", "Refused"),
    ],
    sys.stdout,
)

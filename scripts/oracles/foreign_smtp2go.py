"""Sends through a sandbox with SMTP2GO's own Python client (PyPI smtp2go), unchanged.

usage: foreign_smtp2go.py BASE KEY      (BASE without /v3)

Only the address is another: the client has no setting for it, so its constant is replaced, with
the slash at its end that the client counts on. Prints one JSON array, a member per call.
"""

import json
import logging
import sys

import smtp2go.core

logging.disable(logging.CRITICAL)
base, key = sys.argv[1:]
smtp2go.core.API_ROOT = base + "/v3/"


def send(**changes):
    message = {
        "sender": "Acme <billing@acme.example>",
        "recipients": ["Ann <ann@example.org>"],
        "subject": "From the official client",
        "text": "Plain",
        "html": "<p>Rich</p>",
        **changes,
    }
    response = smtp2go.core.Smtp2goClient(api_key=changes.pop("api_key", key)).send(
        **{name: value for name, value in message.items() if name != "api_key"}
    )
    return {
        "success": response.success,
        "status": response.status_code,
        "errors": response.errors,
        "request_id": response.request_id,
        "email_id": response.json["data"].get("email_id"),
        "error": response.json["data"].get("error"),
        "limit": response.rate_limit.limit,
        "remaining": response.rate_limit.remaining,
    }


json.dump(
    [
        send(),
        send(html=None, subject="Text only"),
        send(custom_headers={"X-AIOM-Operation": "foreign-1"}),
        send(
            subject=None,
            text=None,
            html=None,
            template_id="welcome",
            template_data={"name": "Ann"},
        ),
        send(sender="no address"),
        send(api_key="api-" + "0" * 32),
    ],
    sys.stdout,
)

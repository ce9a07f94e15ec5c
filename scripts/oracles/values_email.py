"""What PyPI's email-validator makes of addresses.

Reads [text, ...] from the file given and prints a JSON array: null where the address is refused,
otherwise its ASCII form and the domain in Unicode. Asked are the rules that AIOM names as its own:
local parts of at most 64 octets in ASCII, no look at name servers, no list of special domains.
"""

import json
import sys

import email_validator

email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def answer(text):
    try:
        found = email_validator.validate_email(
            text, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except email_validator.EmailNotValidError:
        return None
    return {"ascii": found.ascii_email, "domain": found.domain}


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(text) for text in json.load(file)], sys.stdout)

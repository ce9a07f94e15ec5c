"""What Python's own header parser makes of one mailbox in a From header.

Reads [text, ...] from the file given and prints a JSON array: null where the text is not exactly
one mailbox without defects, otherwise its display name and address. Encoded words are decoded by
`email.header`, because the header parser puts a space between two that stand side by side, against
RFC 2047 section 6.2.
"""

import json
import sys
from email.header import decode_header, make_header
from email.policy import SMTP


def answer(text):
    try:
        header = SMTP.header_factory("From", text)
        if header.defects or len(header.addresses) != 1 or header.groups[0].display_name is not None:
            return None
        name = header.addresses[0].display_name
        if text.startswith("=?"):
            name = str(make_header(decode_header(text.rpartition(" <")[0])))
        return {"name": name, "address": header.addresses[0].addr_spec}
    except Exception:  # The parser has bugs of its own on hostile input.
        return None


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(text) for text in json.load(file)], sys.stdout)

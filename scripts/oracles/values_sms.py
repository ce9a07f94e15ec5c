"""How PyPI's smsutil cuts texts into SMS.

Reads [text, ...] from the file given and prints a JSON array of alphabet, units and parts.
"""

import json
import sys

import smsutil


def answer(text):
    found = smsutil.split(text)
    wide = found.encoding == "utf_16_be"
    return {
        "encoding": "ucs2" if wide else "gsm7",
        "units": found.total_bytes // 2 if wide else found.total_bytes,
        "parts": [part.bytes // 2 if wide else part.bytes for part in found.parts],
    }


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(text) for text in json.load(file)], sys.stdout)

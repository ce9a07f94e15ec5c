"""The canonical form (RFC 8785) and its SHA-256, from PyPI rfc8785.

Reads one JSON document per line from the file given and prints, as a JSON array, the SHA-256 of
each document's canonical form.
"""

import hashlib
import json
import sys

import rfc8785

with open(sys.argv[1], encoding="utf-8") as file:
    lines = file.read().split("\n")
digests = [hashlib.sha256(rfc8785.dumps(json.loads(line))).hexdigest() for line in lines if line]
json.dump(digests, sys.stdout)

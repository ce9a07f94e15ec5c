"""Does a text match a pattern of the schema? An answer from Python's own regular expressions.

Reads [[pattern, text], ...] from the file given and prints a JSON array of booleans.
"""

import json
import re
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
json.dump([re.search(pattern, text) is not None for pattern, text in cases], sys.stdout)

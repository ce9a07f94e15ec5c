"""Which documents does a JSON Schema accept? An independent answer, from PyPI jsonschema.

Reads {"schema": ..., "documents": [...]} from the file given and prints a JSON array of booleans.
"""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)
Draft202012Validator.check_schema(task["schema"])
validator = Draft202012Validator(task["schema"])
json.dump([validator.is_valid(document) for document in task["documents"]], sys.stdout)

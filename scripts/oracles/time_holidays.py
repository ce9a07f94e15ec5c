"""The holidays of PyPI's holidays (public ones, with observed days).

Reads [[code, first year, last year], ...] from the file given, the code being a country such as `GB`
or a region such as `GB-ENG`, and prints an array of arrays of days as yyyy-mm-dd.
"""

import json
import sys

import holidays


def answer(code, first, last):
    country, _, region = code.partition("-")
    years = range(first, last + 1)
    found = holidays.country_holidays(country, subdiv=region or None, years=years)
    return [day.isoformat() for day in sorted(found) if day.year in years]


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(*question) for question in json.load(file)], sys.stdout)

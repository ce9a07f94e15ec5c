"""Business days, worked out with PyPI's python-dateutil and holidays.

Reads [[code, day, count], ...] from the file given and prints an array of the count-th business days
(Monday to Friday, no public holiday of the country) after each day, before it where the count is
negative, as yyyy-mm-dd.
"""

import datetime
import json
import sys

import holidays
from dateutil import rrule


def answer(code, text, count):
    day = datetime.datetime.fromisoformat(text)
    years = range(day.year - 1, day.year + 2)
    free = holidays.country_holidays(code, years=years)
    rule = rrule.rruleset()
    begin = day - datetime.timedelta(days=200)
    rule.rrule(rrule.rrule(rrule.DAILY, dtstart=begin, count=400, byweekday=range(5)))
    for holiday in free:
        rule.exdate(datetime.datetime(holiday.year, holiday.month, holiday.day))
    days = [one for one in rule if (one > day if count > 0 else one < day)]
    return (days[count - 1] if count > 0 else days[count]).date().isoformat()


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(*question) for question in json.load(file)], sys.stdout)

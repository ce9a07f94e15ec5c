"""When windows open together, worked out with zoneinfo and PyPI's python-dateutil.

Reads [{"from": MS, "windows": [{"zone", "start", "end", "days", "holidays"}, ...]}, ...] from the
file given and prints an array of the first moments from `from` on at which every window is open, in
milliseconds, or null where there is none within 100 days. Times are minutes after midnight; days 1 is
Monday; an end that is not after the start is the next day's.

A time that the clocks leave out is the first moment after the gap, one that they repeat is its first
occurrence.
"""

import datetime
import json
import sys
import zoneinfo

from dateutil import rrule, tz

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def moment(day, minutes, zone):
    wall = datetime.datetime(day.year, day.month, day.day, tzinfo=zone) + minutes * MINUTE
    while not tz.datetime_exists(wall):
        wall += MINUTE
    return round((wall.replace(fold=0).astimezone(UTC) - EPOCH).total_seconds() * 1000)


def spans(window, start, count):
    zone = zoneinfo.ZoneInfo(window["zone"])
    first = (EPOCH + datetime.timedelta(milliseconds=start)).astimezone(zone).date() - DAY
    length = window["end"] + (1440 if window["end"] <= window["start"] else 0)
    closed = set(window["holidays"])
    weekdays = [number - 1 for number in window["days"]]
    begin = datetime.datetime(first.year, first.month, first.day)
    for day in rrule.rrule(rrule.DAILY, dtstart=begin, count=count, byweekday=weekdays):
        if day.date().isoformat() not in closed:
            opens, closes = (moment(day, at, zone) for at in (window["start"], length))
            if opens < closes:
                yield max(opens, start), closes


def common(one, other):
    for left in one:
        for right in other:
            opens, closes = max(left[0], right[0]), min(left[1], right[1])
            if opens < closes:
                yield opens, closes


def answer(question):
    start = question["from"]
    for count in (5, 100):
        found = None
        for window in question["windows"]:
            own = [span for span in spans(window, start, count) if span[1] > start]
            found = own if found is None else list(common(found, own))
        if found:
            # What the short look finds last may be incomplete; what it finds first is not.
            return min(opens for opens, _ in found)
    return None


with open(sys.argv[1], encoding="utf-8") as file:
    json.dump([answer(question) for question in json.load(file)], sys.stdout)

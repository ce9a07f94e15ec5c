"""A company's financial figures, worked out record by record in exact fractions.

Reads an array of books from the file given. Each has `day` (days since 1970) and `invoices`
(`partner`, `currency`, `issued`, `due` or null, `total`, `paid` and `credited`: lists of [day, amount];
a credit below zero is a charge), `unallocated` ([currency, day, amount]), `bills` (`currency`, `issued`,
`due`, `total`, `open`) and `balances` ([account, currency, day, amount]). Prints for each book an object
of figures by currency; what cannot be said is null.
"""

import datetime
import json
import sys
from fractions import Fraction

LABELS = ["current", "1-30", "31-60", "61-90", "90+", "no due date"]


def label(day, due):
    if due is None:
        return LABELS[5]
    age = day - due
    return LABELS[0] if age <= 0 else LABELS[min(4, (age + 29) // 30)]


def stands(invoice, day):
    """What was open at the end of a day."""
    taken = sum(a for d, a in invoice["paid"] + invoice["credited"] if d <= day)
    return invoice["total"] - taken


def month(day):
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=day)
    return date.year, date.month, date.day


def ageing(day, items):
    rows = {name: [0, 0] for name in LABELS}
    for due, open_ in items:
        row = rows[label(day, due)]
        row[0] += 1
        row[1] += open_
    return rows


def period(first, day):
    if first is None or day - first + 1 < 30:
        return None
    return min(90, day - first + 1)


def billings(book, currency, first, last):
    """(day, amount) of invoices and charges."""
    for invoice in book["invoices"]:
        if invoice["currency"] != currency:
            continue
        if first <= invoice["issued"] <= last:
            yield invoice["issued"], invoice["total"]
        for day, amount in invoice["credited"]:
            if amount < 0 and first <= day <= last:
                yield day, -amount


def count_back(book, currency, owed, day):
    sums = {}
    for on, amount in billings(book, currency, day - 364, day):
        year, number, _ = month(on)
        sums[year, number] = sums.get((year, number), 0) + amount
    rest, days, last = owed, Fraction(0), day
    while rest > 0:
        if day - last >= 334:
            return None
        year, number, length = month(last)
        sales = sums.get((year, number), 0)
        if sales >= rest:
            return days + Fraction(rest, sales) * length
        rest -= sales
        days += length
        last -= length
    return days


def delays(book, day):
    found = []
    for invoice in book["invoices"]:
        paid = [d for d, _ in invoice["paid"]]
        if invoice["due"] is None or not paid or stands(invoice, 10**9) > 0:
            continue
        if max(paid) <= day and max(paid) >= day - 364:
            found.append(max(paid) - invoice["due"])
    return sorted(found)


def expected(sample, age, tenths, assumed):
    if len(sample) < 20:
        return assumed if assumed > age else None
    later = [d for d in sample if d > age]
    if not later:
        return None
    rank = -(-len(later) * tenths // 10)
    return later[rank - 1]


def rounded(value):
    """Half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) + Fraction(1, 2)) // 1)


def figures(book, currency):
    day = book["day"]
    mine = [i for i in book["invoices"] if i["currency"] == currency]
    known = [i for i in mine if i["issued"] <= day]
    open_ = [(i, stands(i, day)) for i in known]
    open_ = [(i, amount) for i, amount in open_ if amount > 0]
    out = {"receivables": ageing(day, [(i["due"], a) for i, a in open_])}
    owed = sum(a for _, a in open_)
    late = sum(a for i, a in open_ if i["due"] is not None and i["due"] < day)
    sixty = sum(a for i, a in open_ if i["due"] is not None and day - i["due"] > 60)
    out["unallocated"] = sum(a for c, d, a in book["unallocated"] if c == currency and d <= day)
    out["overdue60Percent"] = float(Fraction(sixty * 100, owed)) if owed else None
    customers = {}
    for invoice, amount in open_:
        customers[invoice["partner"]] = customers.get(invoice["partner"], 0) + amount
    sums = sorted(customers.values(), reverse=True)
    out["largestShare"] = float(Fraction(sums[0], owed)) if owed else None
    out["topFiveShare"] = float(Fraction(sum(sums[:5]), owed)) if owed else None
    out["index"] = float(sum(Fraction(s, owed) ** 2 for s in sums)) if owed else None

    names = ["dso", "bestDSO", "delinquent", "effectiveness", "countBack", "opening", "billed"]
    out.update(dict.fromkeys(names))
    days = period(min((i["issued"] for i in known), default=None), day)
    settled = [i for i in known if stands(i, 10**9) <= 0 and i["issued"] > day - 365]
    if days is not None:
        billed = sum(a for _, a in billings(book, currency, day - days + 1, day))
        out["billed"] = billed
        if settled and billed:
            before = day - days
            opening = sum(max(0, stands(i, before)) for i in mine if i["issued"] <= before)
            out["opening"] = opening
            out["dso"] = float(Fraction(owed, billed) * days)
            out["bestDSO"] = float(Fraction(owed - late, billed) * days)
            out["delinquent"] = float(Fraction(late, billed) * days)
            found = count_back(book, currency, owed, day)
            out["countBack"] = None if found is None else float(found)
            base = opening + billed
            if base - (owed - late) > 0 and base >= owed:
                share = Fraction(base - owed, base - (owed - late))
                out["effectiveness"] = float(share * 100)

    bills = [b for b in book["bills"] if b["currency"] == currency and b["issued"] <= day]
    due = [(b["due"], b["open"]) for b in bills if b["open"] > 0]
    payable = sum(a for _, a in due)
    out["payables"] = ageing(day, due)
    length = period(min((b["issued"] for b in bills), default=None), day)
    spent = None
    if length is not None:
        spent = sum(b["total"] for b in bills if b["issued"] > day - length)
    out["burn"] = None if spent is None else rounded(Fraction(spent * 30, length))
    latest = {}
    for account, code, on, amount in book["balances"]:
        if code == currency and on <= day and on >= latest.get(account, (-1, 0))[0]:
            latest[account] = (on, amount)
    cash = sum(amount for _, amount in latest.values()) if latest else None
    out["cash"] = cash
    out["runway"] = None
    if cash is not None and spent:
        out["runway"] = min(36500, max(0, Fraction(cash * length, spent) // 1))
    out["workingCapital"] = owed - payable
    out["curve"] = curve(book, day, open_, due, cash, spent, length)
    return out


def curve(book, day, open_, due, cash, spent, length):
    sample = delays(book, day)
    median, cautious, payments = [0] * 13, [0] * 13, [0] * 13
    for invoice, amount in open_:
        if invoice["due"] is None or invoice["disputed"]:
            continue
        age = day - invoice["due"]
        for line, tenths, assumed in [(median, 5, 0), (cautious, 8, 30)]:
            days = expected(sample, age, tenths, assumed)
            if days is not None and days - age <= 91:
                line[(days - age - 1) // 7] += amount
    for when, amount in due:
        ahead = max(1, when - day) if when is not None else 1
        if ahead <= 91:
            payments[(ahead - 1) // 7] += amount
    weekly = 0 if spent is None else rounded(Fraction(spent * 7, length))
    rows, stand, low = [], cash, cash
    for week in range(13):
        most = max(payments[week], weekly)
        if cash is not None:
            stand += median[week] - payments[week]
            low += cautious[week] - most
        rows.append([median[week], cautious[week], payments[week], most, stand, low])
    return rows


with open(sys.argv[1], encoding="utf-8") as file:
    answers = []
    for one in json.load(file):
        codes = sorted({i["currency"] for i in one["invoices"] if i["issued"] <= one["day"]})
        answers.append({code: figures(one, code) for code in codes})
    json.dump(answers, sys.stdout)

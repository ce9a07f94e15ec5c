"""What PyPI's phonenumbers (a port of libphonenumber) makes of phone numbers.

Reads [[text, country or null], ...] from the file given and prints a JSON array: null where the
text is refused, otherwise the number with what the library says about it. The input "examples"
instead asks for an array of [country, national number] of every example number it has.
"""

import json
import sys

import phonenumbers as phone


def answer(text, country):
    try:
        number = phone.parse(text, country)
    except phone.NumberParseException:
        return None
    reason = phone.is_possible_number_with_reason(number)
    return {
        "e164": phone.format_number(number, phone.PhoneNumberFormat.E164),
        "possible": reason == phone.ValidationResult.IS_POSSIBLE,
        "valid": phone.is_valid_number(number),
        "national": phone.format_number(number, phone.PhoneNumberFormat.NATIONAL),
        "international": phone.format_number(number, phone.PhoneNumberFormat.INTERNATIONAL),
    }


def examples():
    for region in sorted(phone.SUPPORTED_REGIONS):
        numbers = (phone.example_number_for_type(region, kind) for kind in phone.PhoneNumberType.values())
        for national in sorted({phone.national_significant_number(n) for n in numbers if n}):
            yield [region, str(phone.country_code_for_region(region)), national]


with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
json.dump(
    list(examples()) if cases == ["examples"] else [answer(*case) for case in cases], sys.stdout
)

extension AddressingIssue {
  static let phoneEmpty = AddressingIssue(
    code: "phone.empty", message: "The phone number is empty.",
    remedy: "Write it with + and country code, such as +44 20 7946 0958.")
  static let phoneFormat = AddressingIssue(
    code: "phone.format", message: "The phone number is not in the form + and digits.",
    remedy: "Write it with + and country code and nothing else, such as +442079460958.")
  static let phoneLetter = AddressingIssue(
    code: "phone.letter", message: "The phone number contains letters.",
    remedy: "Write digits only; leave extensions and vanity letters out.")
  static let phoneCharacter = AddressingIssue(
    code: "phone.character", message: "The phone number contains a character that is not allowed.",
    remedy: "Use digits, spaces, hyphens, dots, slashes and parentheses, and one number only.")
  static let phoneCountryNeeded = AddressingIssue(
    code: "phone.country_needed", message: "The phone number has no country code.",
    remedy: "Write it with + and country code, or name the country that it belongs to.")
  static let phoneCountryUnknown = AddressingIssue(
    code: "phone.country_unknown", message: "The country is not known.",
    remedy: "Give its ISO 3166 code of two letters, or write the number with + and country code.")
  static let phoneCallingCode = AddressingIssue(
    code: "phone.calling_code", message: "No country has this calling code.",
    remedy: "Check the digits after the + sign.")
  static let phoneTooShort = AddressingIssue(
    code: "phone.too_short", message: "The phone number has too few digits.",
    remedy: "Check for missing digits; short codes cannot be used.")
  static let phoneTooLong = AddressingIssue(
    code: "phone.too_long", message: "The phone number has too many digits.",
    remedy: "Check for digits too many, or an extension.")
  static let phonePlan = AddressingIssue(
    code: "phone.plan",
    message: "The phone number does not fit its country's numbering plan.",
    remedy: "Check the first digits and the length of the number.")
  static let phoneAmbiguous = AddressingIssue(
    code: "phone.ambiguous",
    message: "The phone number can be read with and without its country code.",
    remedy: "Write it with + and country code.")
}

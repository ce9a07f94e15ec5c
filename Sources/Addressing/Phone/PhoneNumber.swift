/// A telephone number in the international form of ITU-T E.164.
///
/// What is known, precisely:
/// - every assigned country calling code (`CallingCodes`), and for all of them that the whole
///   number has 7 to 15 digits;
/// - for the numbering plans of NANP (+1), GB, DE, FR, ES, IT, NL, SE, AU, NZ, ZA and IN also how
///   national forms are written (trunk and exit prefixes) and which leading digits go with which
///   lengths (`NumberingPlan`). Whether an area code or range is in service is not known; short
///   codes and emergency numbers are no phone numbers here.
public struct PhoneNumber: Hashable, Sendable {
  /// The number as `+` and 7 to 15 digits, such as `+442079460958`.
  public let e164: String
  /// The country calling code without `+`, one to three digits.
  public let countryCode: String

  /// Parses the canonical form only: `+` and digits, nothing between them.
  ///
  /// - Throws: `phone.format` for any other spelling, otherwise as `init(_:country:)`.
  public init(e164 text: String) throws(AddressingIssue) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "+"), !digits.isEmpty,
      digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { throw text.isEmpty ? .phoneEmpty : .phoneFormat }
    self = try PhoneReader.international(String(decoding: digits, as: UTF8.self), exact: true)
  }

  /// Parses a number as people write it: international (`+44 (0)20 7946 0958`, or with the
  /// country's exit prefix) or, where a country is given, national (`020 7946 0958`).
  ///
  /// Spaces, hyphens, dashes, dots, slashes and parentheses between digits are skipped.
  ///
  /// - Parameter country: ISO 3166 alpha-2 code in either case (`UK` counts as `GB`), needed for
  ///   national forms. Those of countries without a plan here are refused.
  /// - Throws: `phone.*` with the first rule that the text breaks.
  public init(_ text: String, country: String?) throws(AddressingIssue) {
    self = try PhoneReader.read(text, country: country)
  }

  init(callingCode: String, national: String) {
    self.countryCode = callingCode
    self.e164 = "+\(callingCode)\(national)"
  }

  /// The number without `+` and country calling code.
  public var nationalNumber: String { String(e164.dropFirst(countryCode.count + 1)) }

  /// The ISO 3166 alpha-2 code of the country, where the number tells it.
  ///
  /// Calling codes that several countries share answer with the main one, except that numbers of
  /// the North American plan are told apart by their area code; nil for networks without a
  /// country (`+800`, `+88x`), toll-free and personal numbers of that plan.
  public var country: String? {
    guard countryCode == "1" else { return CallingCodes.country(countryCode) }
    return NorthAmerica.country(of: nationalNumber)
  }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Redacted, so that a number cannot reach a log by interpolation.
  public var description: String { "PhoneNumber(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

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
    code: "phone.country_unknown",
    message: "National numbers of this country are not known here.",
    remedy: "Write the number with + and country code.")
  static let phoneCallingCode = AddressingIssue(
    code: "phone.calling_code", message: "No country has this calling code.",
    remedy: "Check the digits after the + sign.")
  static let phoneTooShort = AddressingIssue(
    code: "phone.too_short", message: "The phone number has too few digits.",
    remedy: "Check for missing digits; short codes cannot be used.")
  static let phoneTooLong = AddressingIssue(
    code: "phone.too_long", message: "The phone number has more than 15 digits.",
    remedy: "Check for digits too many, or an extension.")
  static let phonePlan = AddressingIssue(
    code: "phone.plan",
    message: "The phone number does not fit its country's numbering plan.",
    remedy: "Check the first digits and the length of the number.")
}

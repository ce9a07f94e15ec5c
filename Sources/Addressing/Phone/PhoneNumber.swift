/// A telephone number in the international form of ITU-T E.164.
///
/// What is known, precisely (docs/reference/addressing.md has the details and every difference
/// from other libraries):
/// - every assigned country calling code, how many digits its numbers have, and its trunk and exit
///   prefixes (`CallingCodes`);
/// - for the numbering plans of NANP (+1), GB, DE, FR, ES, IT, NL, SE, AU, NZ, ZA and IN also which
///   leading digits go with which lengths, what they are for (`Kind`), and how the digits are
///   grouped.
///
/// Whether an area code or range is in service is not known; short codes, emergency numbers and
/// extensions are no phone numbers here.
public struct PhoneNumber: Hashable, Sendable {
  /// What the leading digits of a number are for.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A landline.
    case fixed
    /// A mobile phone.
    case mobile
    /// Plans in which the two share leading digits, such as the North American one.
    case fixedOrMobile = "fixed_or_mobile"
    /// Free for the caller.
    case tollFree = "toll_free"
    /// Dearer than an ordinary call.
    case premiumRate = "premium_rate"
    /// The call's cost is shared.
    case sharedCost = "shared_cost"
    /// Follows a person.
    case personal
    /// Internet telephony without a place.
    case voip
    /// A pager.
    case pager
    /// Company-wide numbers, services, and what the plan reserves.
    case other

    /// False where no text message can arrive or where the number is a paid service: only
    /// landlines, mobiles and internet telephony are left.
    public var mayReceiveSMS: Bool {
      switch self {
      case .fixed, .mobile, .fixedOrMobile, .voip: true
      case .tollFree, .premiumRate, .sharedCost, .personal, .pager, .other: false
      }
    }
  }

  /// The number as `+` and 7 to 15 digits, such as `+442079460958`.
  public let e164: String
  /// Digits of the calling code, 1 to 3.
  private let codeLength: UInt8

  /// Parses the canonical form only: `+` and digits, nothing between them.
  ///
  /// - Throws: `phone.format` for any other spelling, otherwise as `init(_:country:)`.
  public init(e164 text: String) throws(AddressingIssue) {
    var digits = Digits()
    var position = 0
    for byte in text.utf8 {
      if position == 0 ? byte != UInt8(ascii: "+") : !(0x30...0x39).contains(byte) {
        throw .phoneFormat
      }
      if position > Digits.capacity { throw .phoneTooLong }
      if position > 0 { digits.append(byte - 0x30) }
      position += 1
    }
    if digits.isEmpty { throw text.isEmpty ? .phoneEmpty : .phoneFormat }
    let reading = try PhoneReader.international(digits, exact: true)
    self.e164 = text
    self.codeLength = UInt8(reading.plan.callingCode.count)
  }

  /// Parses a number as people write it: international (`+44 (0)20 7946 0958`, `tel:` links, or
  /// with the country's exit prefix) or, where a country is given, national (`020 7946 0958`).
  ///
  /// Spaces, hyphens, dashes, dots, slashes, tildes, parentheses and brackets between digits are
  /// skipped; digits of other scripts count.
  ///
  /// - Parameter country: ISO 3166 alpha-2 code in either case (`UK` counts as `GB`), needed for
  ///   national forms.
  /// - Throws: `phone.*` with the first rule that the text breaks.
  public init(_ text: String, country: String?) throws(AddressingIssue) {
    let reading = try PhoneReader.read(text, country: country)
    let bytes = [UInt8(ascii: "+")] + reading.plan.callingCode.bytes + reading.national.bytes
    self.e164 = String(decoding: bytes, as: UTF8.self)
    self.codeLength = UInt8(reading.plan.callingCode.count)
  }

  /// The country calling code without `+`, one to three digits.
  public var countryCode: String { String(e164.dropFirst().prefix(Int(codeLength))) }

  /// The number without `+` and country calling code.
  public var nationalNumber: String { String(e164.dropFirst(Int(codeLength) + 1)) }

  /// The ISO 3166 alpha-2 code of the country, where the number tells it.
  ///
  /// Calling codes that several countries share answer with the main one, except that numbers of
  /// the North American plan are told apart by their area code, and Kazakhstan from Russia; nil
  /// for networks without a country (`+800`, `+88x`), toll-free and personal numbers of the North
  /// American plan.
  public var country: String? {
    guard let plan else { return nil }
    if plan.callingCode.value == 1 { return NorthAmerica.country(of: national) }
    if plan.callingCode.value == 7, [6, 7].contains(national.leading(1)) { return "KZ" }
    return plan.countries.first
  }

  /// What the leading digits are for; nil outside the twelve detailed plans.
  public var kind: Kind? { plan?.range(of: national)?.kind }

  /// As written for readers abroad: `+44 20 7946 0958`. Outside the detailed plans the national
  /// part is one group.
  public var international: String {
    let template = plan.flatMap { PhoneFormat.template($0, national) }
    return "+\(countryCode) " + PhoneFormat.international(nationalNumber, template, countryCode)
  }

  /// As written inside the country, with its trunk prefix: `020 7946 0958`. Outside the detailed
  /// plans trunk prefix and number are one group.
  public var nationalFormat: String {
    guard let plan else { return nationalNumber }
    guard let template = PhoneFormat.template(plan, national) else {
      return String(decoding: plan.trunk.bytes, as: UTF8.self) + nationalNumber
    }
    return PhoneFormat.national(nationalNumber, template)
  }

  private var plan: NumberingPlan? { CallingCodes.plan(of: Digits(e164.dropFirst())) }

  private var national: Digits { Digits(nationalNumber) }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Redacted, so that a number cannot reach a log by interpolation.
  public var description: String { "PhoneNumber(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

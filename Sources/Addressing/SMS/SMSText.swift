/// The text of an SMS with what it costs to carry it.
public struct SMSText: Hashable, Sendable {
  /// The alphabet in which a whole message is carried.
  public enum Encoding: String, Hashable, Sendable {
    /// The GSM 7-bit default alphabet with its extension table: 160 septets, 153 when split.
    case gsm7
    /// UCS-2, in fact UTF-16: 70 code units, 67 when split.
    case ucs2

    /// Units of a message that is not split.
    public var singleLength: Int { self == .gsm7 ? 160 : 70 }
    /// Units of each part of a split message; six octets of it are the header that joins them.
    public var partLength: Int { self == .gsm7 ? 153 : 67 }
  }

  /// The text as given.
  public let text: String
  /// GSM-7 where every character is in its two tables, otherwise UCS-2.
  public let encoding: Encoding
  /// Length in the encoding's units: septets (2 for a character of the extension table), or
  /// UTF-16 code units.
  public let units: Int
  /// How many SMS are needed, at least 1. An escape pair or surrogate pair is never split, so a
  /// part may stay one unit short.
  public let segments: Int
  /// Units that can be added before another SMS is needed. A character that takes two may need
  /// another one earlier.
  public let unitsLeft: Int

  /// Takes a text that is not empty, has no control characters but line breaks (LF, CR), and
  /// fits into the 255 parts that a concatenated SMS can have.
  ///
  /// - Throws: `sms.empty`, `sms.control`, `sms.too_long`.
  public init(_ text: String) throws(AddressingIssue) {
    if text.isEmpty { throw .smsEmpty }
    for scalar in text.unicodeScalars where HeaderText.isForbidden(scalar) {
      if scalar != "\n" && scalar != "\r" { throw .smsControl }
    }
    let measure = Segmentation(text)
    if measure.segments > Segmentation.maximumParts { throw .smsTooLong }
    self.text = text
    self.encoding = measure.encoding
    self.units = measure.units
    self.segments = measure.segments
    self.unitsLeft = measure.left
  }

  /// The same message in GSM-7, with lookalikes for what that alphabet lacks (straight quotes,
  /// hyphens, letters without accents); nil where it is GSM-7 already, or where something has no
  /// lookalike (emoji, scripts other than Latin and Greek).
  public var transliterated: SMSText? {
    guard encoding == .ucs2, let plain = Transliteration.gsm7(text) else { return nil }
    // Lookalikes can be longer (`…` becomes `...`): what gets too long by them is no offer.
    return try? SMSText(plain)
  }
}

extension SMSText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The size without the text, safe for logs.
  public var description: String { "SMSText(\(encoding.rawValue), \(segments) segments)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows no text either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AddressingIssue {
  static let smsEmpty = AddressingIssue(
    code: "sms.empty", message: "The message is empty.", remedy: "Write the message.")
  static let smsControl = AddressingIssue(
    code: "sms.control", message: "The message contains a control character.",
    remedy: "Remove tabs and other control characters; line breaks are allowed.")
  static let smsTooLong = AddressingIssue(
    code: "sms.too_long", message: "The message needs more than 255 SMS.",
    remedy: "Shorten it, or send it as an e-mail.")
}

/// An SMS that was sent, as the provider reports it. Every field may be missing.
public struct SentSMS: Sendable, Hashable {
  /// The message's id, as `/sms/send` returned it.
  public var id: String?
  /// When it was sent.
  public var timestamp: VendorTime?
  /// The key's or user's name.
  public var username: String?
  /// The number it came from, or a word such as `shared`.
  public var sender: String?
  /// Who sent it, where it was sent by e-mail.
  public var senderEmail: String?
  /// The number it went to.
  public var destination: String?
  /// The destination's country.
  public var destinationCountry: String?
  /// The kind of message, such as `SMS`.
  public var format: String?
  /// Its state in the provider's words for people, such as `Message sent`.
  public var status: String?
  /// The text.
  public var content: String?
  /// How many units it was charged as.
  public var units: Int?
}

/// An SMS that came in. Every field may be missing.
public struct ReceivedSMS: Sendable, Hashable {
  /// The message's id.
  public var messageID: String?
  /// Who sent it. The provider writes some numbers without a plus sign and as JSON numbers.
  public var source: String?
  /// The number of the account to which it went.
  public var destination: String?
  /// When it came in.
  public var timestamp: VendorTime?
  /// The text.
  public var content: String?
  /// The key's or user's name.
  public var username: String?
}

/// Totals of a period. The provider names no currency.
public struct SMSSummary: Sendable, Hashable {
  /// How many messages were sent.
  public var totalMessages: Int?
  /// How many units they were charged as.
  public var totalUnits: Int?
  /// What they cost.
  public var totalCost: Double?
}

extension AnswerReader where Value == [SentSMS] {
  static let sentSMS = AnswerReader(reading: { data in
    (data.array ?? data["messages"]?.array)?.map { SentSMS($0) }
  })
}

extension AnswerReader where Value == [ReceivedSMS] {
  static let receivedSMS = AnswerReader(reading: { data in
    (data.array ?? data["messages"]?.array)?.map { ReceivedSMS($0) }
  })
}

extension AnswerReader where Value == SMSSummary {
  static let smsSummary = AnswerReader(reading: { data in
    let summary = SMSSummary(
      totalMessages: data.first("total_messages")?.integer,
      totalUnits: data.first("total_units")?.integer,
      totalCost: data.first("total_cost")?.decimal)
    return summary == SMSSummary() ? nil : summary
  })
}

extension SentSMS {
  init(_ json: JSON) {
    self.init(
      id: json.first("id", "message_id")?.nonEmptyText,
      timestamp: VendorTime(json.first("timestamp")),
      username: json.first("username")?.nonEmptyText,
      sender: json.first("sender")?.nonEmptyText,
      senderEmail: json.first("sender_email")?.nonEmptyText,
      destination: json.first("destination_address", "destination")?.nonEmptyText,
      destinationCountry: json.first(
        "destination_address_country", "destination_address_county")?.nonEmptyText,
      format: json.first("format")?.nonEmptyText, status: json.first("status")?.nonEmptyText,
      content: json.first("content")?.text, units: json.first("units")?.integer)
  }
}

extension ReceivedSMS {
  init(_ json: JSON) {
    self.init(
      messageID: json.first("message_id", "id")?.nonEmptyText,
      source: json.first("source_address", "source")?.nonEmptyText,
      destination: json.first("destination_address", "destination")?.nonEmptyText,
      timestamp: VendorTime(json.first("timestamp")), content: json.first("content")?.text,
      username: json.first("username")?.nonEmptyText)
  }
}

extension SentSMS: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "SentSMS(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are numbers and text.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ReceivedSMS: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ReceivedSMS(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are numbers and text.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What the provider returned for an SMS that it took.
public struct SMSReceipt: Sendable, Hashable {
  /// The state of a message at the provider. Unknown states are kept as they come.
  public struct Status: RawRepresentable, Hashable, Sendable {
    /// The provider's word, lower case.
    public let rawValue: String

    /// Wraps the provider's word.
    public init(rawValue: String) {
      self.rawValue = rawValue.lowercased()
    }

    /// Waiting at the provider.
    public static let queued = Status(rawValue: "queued")
    /// Handed to the network.
    public static let submitted = Status(rawValue: "submitted")
    /// Arrived.
    public static let delivered = Status(rawValue: "delivered")
    /// Refused by the provider or the network.
    public static let rejected = Status(rawValue: "rejected")
    /// Not delivered.
    public static let failed = Status(rawValue: "failed")
    /// Not delivered in time.
    public static let expired = Status(rawValue: "expired")
    /// Taken back.
    public static let cancelled = Status(rawValue: "cancelled")

    /// True where a message with this state will not arrive.
    public var isRefusal: Bool { [.rejected, .failed, .expired, .cancelled].contains(self) }
  }

  /// One message to one number.
  public struct Message: Sendable, Hashable {
    /// The number as the provider writes it.
    public var destination: String?
    /// The message's id.
    public var messageID: String?
    /// Its state when the provider answered.
    public var status: Status?

    /// Builds a message.
    public init(destination: String?, messageID: String?, status: Status?) {
      self.destination = destination
      self.messageID = messageID
      self.status = status
    }
  }

  /// How many messages were taken.
  public var totalSent: Int?
  /// How many messages have which state.
  public var statuses: [Status: Int]
  /// The messages, where the provider lists them; without them there is no message id.
  public var messages: [Message]

  /// Builds a receipt.
  public init(totalSent: Int?, statuses: [Status: Int] = [:], messages: [Message] = []) {
    self.totalSent = totalSent
    self.statuses = statuses
    self.messages = messages
  }
}

extension SMSReceipt: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The count only.
  public var description: String { "SMSReceipt(sent: \(totalSent.map { String($0) } ?? "?"))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: messages name numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AnswerReader where Value == SMSReceipt {
  /// Taken means that something was sent, or is listed or counted in a state other than refused.
  static let sms = AnswerReader(
    read: { data in
      let receipt = SMSReceipt(data)
      guard receipt.isReadable else { return .incomplete }
      let refused = receipt.refused
      if !receipt.isProof { return .refused(refused) }
      return refused.isEmpty ? .accepted(receipt) : .acceptedInPart(receipt, refused: refused)
    },
    proves: { SMSReceipt($0).isProof })
}

extension SMSReceipt {
  fileprivate init(_ data: JSON) {
    var statuses: [Status: Int] = [:]
    for member in data.first("statuses")?.members ?? [] {
      statuses[Status(rawValue: member.key)] = member.value.integer
    }
    let messages = (data.first("messages")?.array ?? []).map { message in
      Message(
        destination: message.first("destination", "destination_number")?.nonEmptyText,
        messageID: message.first("message_id", "id")?.nonEmptyText,
        status: message.first("status")?.nonEmptyText.map { Status(rawValue: $0) })
    }
    self.init(
      totalSent: data.first("total_sent")?.integer, statuses: statuses, messages: messages)
  }

  /// False where the answer says nothing about messages at all.
  fileprivate var isReadable: Bool {
    totalSent != nil || !statuses.isEmpty || !messages.isEmpty
  }

  /// Refused numbers with their state; where no numbers are listed, the states that were counted.
  fileprivate var refused: [String] {
    let listed = messages.filter { $0.status?.isRefusal ?? false }.map { message in
      "\(message.destination ?? "?"): \(message.status?.rawValue ?? "?")"
    }
    if !messages.isEmpty { return listed }
    return statuses.filter { $0.key.isRefusal && $0.value > 0 }
      .map { "\($0.value) \($0.key.rawValue)" }.sorted()
  }

  fileprivate var isProof: Bool {
    if !messages.isEmpty {
      return messages.contains { !($0.status?.isRefusal ?? false) }
    }
    let counted = statuses.filter { $0.value > 0 }
    if !counted.isEmpty { return counted.contains { !$0.key.isRefusal } }
    return (totalSent ?? 0) > 0
  }
}

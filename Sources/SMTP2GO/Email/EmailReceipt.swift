/// What the provider returned for an e-mail that it took.
public struct EmailReceipt: Sendable, Hashable {
  /// The message's id, by which events name it.
  public var emailID: String?
  /// The id of a scheduled message.
  public var scheduleID: String?
  /// How many messages were taken; nil with fast accept.
  public var succeeded: Int?
  /// How many were refused; nil with fast accept.
  public var failed: Int?

  /// Builds a receipt.
  public init(
    emailID: String?, scheduleID: String? = nil, succeeded: Int? = nil, failed: Int? = nil
  ) {
    self.emailID = emailID
    self.scheduleID = scheduleID
    self.succeeded = succeeded
    self.failed = failed
  }
}

extension AnswerReader where Value == EmailReceipt {
  /// Taken means an id and nothing failed; an id or a success beside failures means in part.
  static let email = AnswerReader(
    read: { data in
      let receipt = EmailReceipt(data)
      let failures = failures(in: data)
      let hasFailure = !failures.isEmpty || (receipt.failed ?? 0) > 0
      if !hasFailure { return receipt.hasID ? .accepted(receipt) : .incomplete }
      return receipt.isProof ? .acceptedInPart(receipt, refused: failures) : .refused(failures)
    },
    proves: { EmailReceipt($0).isProof })

  /// The provider's clients expect texts; objects with an address and an error are read as well.
  private static func failures(in data: JSON) -> [String] {
    guard let failures = data.first("failures") else { return [] }
    guard let elements = failures.array else { return failures.nonEmptyText.map { [$0] } ?? [] }
    return elements.map { element in
      if let text = element.text { return text }
      let who = element.first("email", "recipient", "address")?.text
      let why = element.first("error", "message", "reason")?.text
      return [who, why].compactMap { $0 }.joined(separator: ": ")
    }
  }
}

extension EmailReceipt {
  fileprivate init(_ data: JSON) {
    self.init(
      emailID: data.first("email_id")?.nonEmptyText,
      scheduleID: data.first("schedule_id")?.nonEmptyText,
      succeeded: data.first("succeeded")?.integer, failed: data.first("failed")?.integer)
  }

  fileprivate var hasID: Bool { emailID != nil || scheduleID != nil }
  fileprivate var isProof: Bool { hasID || (succeeded ?? 0) > 0 }
}

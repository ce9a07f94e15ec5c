import NIOCore

extension SMTP2GOClient {
  /// The endpoints that the key may use (`/api_keys/permissions`). Every key may ask this, so that
  /// it tells a good key from a bad one without any effect.
  public func permissions() async -> CallResult<[String]> {
    await call(.permissions, Self.empty, reader: .permissions)
  }

  /// The sender addresses that were verified by themselves (`/single_sender_emails/view`).
  public func singleSenders() async -> CallResult<[SingleSender]> {
    await call(.singleSenders, Self.empty, reader: .singleSenders)
  }

  /// The sender domains with their DNS records (`/domain/view`).
  public func domains() async -> CallResult<[SenderDomain]> {
    await call(.domains, Self.empty, reader: .domains)
  }

  private static let empty = ByteBuffer(string: "{}")
}

extension AnswerReader where Value == [String] {
  static let permissions = AnswerReader(
    read: { data in
      let list = data.array ?? data["permissions"]?.array ?? data["endpoints"]?.array
      guard let list else { return .incomplete }
      return .accepted(list.compactMap(\.nonEmptyText))
    },
    proves: { _ in false })
}

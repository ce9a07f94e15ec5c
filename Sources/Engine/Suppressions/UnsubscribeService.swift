import ActionProtocol
import Addressing
import Decisions
import Insights
import Logging

/// What happens behind the link at the foot of a message.
///
/// The link stands for all recipients of its message, and unsubscribing suppresses all of them: who
/// followed it cannot be told, and too little mail is the smaller harm. It ends what nobody has to
/// send; a notice that the law asks for still needs a person who says so.
public struct UnsubscribeService: Unsubscribing {
  /// The characters of 32 bytes in base64.
  private static let tokenLength = 43

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  public func page(token: String) async throws -> UnsubscribePage? {
    guard let digest = Self.digest(token) else { return nil }
    return try await context.store.read { store in
      guard let link = try store.unsubscribeLink(token: digest),
        let organisation = try store.organisation(link.org)
      else { return nil }
      let profile = organisation.profile
      return UnsubscribePage(
        organisation: profile.name, language: profile.locale.replacing("_", with: "-"),
        channel: link.channel, extent: try Self.binds(link, store) ? .optional : .rehearsal,
        isDone: try Self.isDone(link, store))
    }
  }

  public func unsubscribe(token: String, via way: UnsubscribeWay) async throws -> Bool {
    guard let digest = Self.digest(token) else { return false }
    let entropy = context.entropy
    let added = try await context.store.write { store -> Int? in
      guard let link = try store.unsubscribeLink(token: digest) else { return nil }
      return try Self.binds(link, store) ? Self.suppress(link, way, store, entropy) : 0
    }
    guard let added else { return false }
    context.logger.info(
      "unsubscribed", metadata: ["via": "\(way.rawValue)", "new": "\(added)"])
    return true
  }

  private static func digest(_ token: String) -> Digest? {
    token.utf8.count == tokenLength ? .sha256(Array(token.utf8)) : nil
  }

  /// Whether the link's message reached those it was for. What somebody tries out in a rehearsal of a
  /// live org must not keep its customers' mail back when it is live.
  private static func binds(_ link: UnsubscribeLink, _ store: any StoreReading) throws -> Bool {
    guard let mode = try store.organisation(link.org)?.mode,
      let attempt = try store.attempt(link.org, link.operation)
    else { return false }
    return attempt.intent.delivery == mode.ownDelivery
  }

  /// Whether every recipient gets nothing optional any more, however that came.
  private static func isDone(_ link: UnsubscribeLink, _ store: any StoreReading) throws -> Bool {
    let addresses = try store.addresses(link.org, link.operation)
    guard !addresses.isEmpty else { return false }
    return try addresses.allSatisfy { address in
      try store.suppressions(link.org, link.channel, of: [address], at: store.now)
        .contains { [.all, .marketing].contains($0.scope) }
    }
  }

  /// - Returns: how many suppressions are new.
  private static func suppress(
    _ link: UnsubscribeLink, _ way: UnsubscribeWay, _ store: any StoreTransaction,
    _ entropy: Entropy
  ) throws -> Int {
    let texts = try recipients(link, store)
    let book = SuppressionBook(store: store)
    return try store.addresses(link.org, link.operation).count { address in
      let suppression = Suppression(
        org: link.org, id: entropy.uuid7(store.now), channel: link.channel, address: address,
        scope: .marketing, reason: .unsubscribe, source: "unsubscribe_\(way.rawValue)",
        createdAt: store.now, evidence: "operation:\(link.operation.rawValue)",
        addressText: texts[address])
      return try book.add(suppression, by: .recipient, via: "unsubscribe_\(way.rawValue)")
        == .added
    }
  }

  /// The readable addresses of a message by their digests.
  private static func recipients(
    _ link: UnsubscribeLink, _ store: any StoreReading
  ) throws -> [Digest: String] {
    guard
      let record = try store.revision(
        link.org, link.operation.action, link.operation.revision),
      case .success(let proposal) = ProposalReader.read(record.document),
      case .email(_, let email) = proposal.operation
    else { return [:] }
    let pairs = email.recipients.map { (AddressDigest.of($0), $0.rawValue) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension Author {
  /// Whoever holds a message's link.
  static let recipient = Author.known("recipient")
}

import Addressing

/// What the provider's lists say about one address.
///
/// SPF is checked on the return path, which is the provider's below the domain: its record settles
/// both. DMARC the provider does not tell; it is looked up elsewhere.
public struct SenderVerdict: Hashable, Sendable {
  /// How one thing stands.
  public enum Fact: String, Hashable, Sendable {
    case ok
    case missing
    case cannotTell = "cannot_tell"
  }

  /// Whether messages may be sent under the address.
  public var sender: Fact
  /// The provider's entry for its domain; nil: none, or nobody may look.
  public var domain: VendorDomain?
  /// Whether the address was verified by itself.
  public var isSingle: Bool
  public var dkim: Fact
  public var returnPath: Fact
  public var spf: Fact
  /// Whether an answer was missing that another time may bring: then nothing new is known.
  public var isInconclusive: Bool

  /// - Parameter facts: nil where nobody could be asked.
  public init(_ address: EmailAddress, _ facts: VendorSenderFacts?) {
    let senders = facts?.senders.found
    let domains = facts?.domains.found
    isSingle = senders?.contains { $0.isVerified == true && $0.isFor(address) } ?? false
    domain = domains?.first { $0.isFor(address) }
    let byDomain = domain?.isVerified ?? false
    sender =
      isSingle || byDomain ? .ok : senders != nil && domains != nil ? .missing : .cannotTell
    dkim = Self.fact(domain?.dkim, in: domains)
    returnPath = Self.fact(domain?.returnPath, in: domains)
    spf = returnPath
    let hasFailed = facts.map { $0.senders.hasFailed || $0.domains.hasFailed } ?? true
    isInconclusive = sender == .cannotTell && hasFailed
  }

  /// What is kept of it.
  public var standing: SenderStanding {
    switch sender {
    case .ok: .verified
    case .missing: .unverified
    case .cannotTell: .unknown
    }
  }

  private static func fact(_ record: VendorRecord?, in domains: [VendorDomain]?) -> Fact {
    guard domains != nil else { return .cannotTell }
    guard let record else { return .missing }
    return record.isFound.map { $0 ? .ok : .missing } ?? .cannotTell
  }
}

extension VendorAnswer {
  /// What was found, where it answered.
  var found: Value? {
    if case .done(let value) = self { value } else { nil }
  }

  /// Whether asking again may bring an answer.
  var hasFailed: Bool {
    if case .failed = self { true } else { false }
  }
}

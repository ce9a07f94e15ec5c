import ActionProtocol
import Addressing

/// The senders of an org, inside a transaction. They are read with the org itself
/// (``Organisation/identities``), so that a transaction that compares the org has compared them.
public protocol SenderReading {
  /// Pending and approved actions whose newest revision has a sender, at most `limit`.
  func liveActions(_ org: OrgID, under sender: SenderID, limit: Int) throws -> [ActionState]
  /// The name of a user of the embedded ledger; nil where it knows none of the id.
  func ledgerUser(_ org: OrgID, _ id: Int64) throws -> String?
}

public protocol SenderWriting {
  /// Stores a sender or replaces it.
  /// - Throws: a constraint error where another sender of the same salesperson has one of its purposes;
  ///   the caller has asked before.
  func save(_ sender: SenderIdentity, org: OrgID) throws
  /// - Returns: false where there is none.
  func removeSender(_ id: SenderID, org: OrgID) throws -> Bool
  /// The id of the user of the embedded ledger with a name, whatever its letter case; a new name gets
  /// a new id.
  func ledgerUser(named name: String, org: OrgID) throws -> Int64
}

/// A sender address that the provider knows by itself.
public struct VendorSender: Hashable, Sendable {
  /// As the provider writes it.
  public var address: String
  /// Nil where the provider does not say.
  public var isVerified: Bool?

  public init(address: String, isVerified: Bool?) {
    self.address = address
    self.isVerified = isVerified
  }

  /// Whether it is this mailbox; letter case does not tell mailboxes apart.
  func isFor(_ wanted: EmailAddress) -> Bool {
    let text = (try? EmailAddress(address))?.rawValue ?? address
    return text.lowercased() == wanted.rawValue.lowercased()
  }
}

extension VendorSender: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The state; never the address.
  public var description: String { "VendorSender(\(isVerified.map(String.init) ?? "?"))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A DNS record that the provider asks for.
public struct VendorRecord: Hashable, Sendable {
  /// The part below the domain, such as `s123._domainkey`.
  public var host: String?
  public var target: String?
  /// Whether the provider has found it; nil where it does not say.
  public var isFound: Bool?

  public init(host: String?, target: String?, isFound: Bool?) {
    self.host = host
    self.target = target
    self.isFound = isFound
  }
}

/// A domain that the provider sends for.
public struct VendorDomain: Hashable, Sendable {
  public var name: String
  public var dkim: VendorRecord
  public var returnPath: VendorRecord

  public init(name: String, dkim: VendorRecord, returnPath: VendorRecord) {
    self.name = name
    self.dkim = dkim
    self.returnPath = returnPath
  }

  /// True where both records are found, which sending needs.
  public var isVerified: Bool { dkim.isFound == true && returnPath.isFound == true }

  /// Whether an address is of this domain; international names in either spelling.
  func isFor(_ address: EmailAddress) -> Bool {
    let domain = (try? EmailAddress("postmaster@\(name)"))?.domain ?? name.lowercased()
    return domain == address.domain
  }
}

/// What the provider answered about senders.
public struct VendorSenderFacts: Sendable {
  public var senders: VendorAnswer<[VendorSender]>
  public var domains: VendorAnswer<[VendorDomain]>

  public init(
    senders: VendorAnswer<[VendorSender]>, domains: VendorAnswer<[VendorDomain]>
  ) {
    self.senders = senders
    self.domains = domains
  }
}

/// The provider's own lists of who may send. Asking changes nothing there.
public protocol VendorSenders: Sendable {
  func facts() async -> VendorSenderFacts
}

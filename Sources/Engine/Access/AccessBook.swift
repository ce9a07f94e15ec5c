import ActionProtocol
import Decisions

/// Audit entries about persons and credentials, in the log of every org that they concern.
///
/// Appending locks the logs in order, so that changes of one org's persons follow each other: whatever
/// is counted afterwards in the same transaction is true when it commits.
struct AccessBook {
  let store: any StoreTransaction

  func append(
    _ kind: String, _ subject: String, by author: Author, via: String, in orgs: [OrgID],
    details: JSONObject = [:], personal: [String: [UInt8]] = [:]
  ) throws {
    let event = AuditEvent(
      kind: kind, actor: author.rawValue, via: via, subject: subject, details: details,
      personal: personal)
    for org in Set(orgs).sorted() { try store.append([event], org: org) }
  }

  func append(
    _ kind: String, _ person: PersonID, by author: Author, via: String, in orgs: [OrgID],
    details: JSONObject = [:], personal: [String: [UInt8]] = [:]
  ) throws {
    try append(
      kind, "person:\(person.rawValue)", by: author, via: via, in: orgs, details: details,
      personal: personal)
  }

  /// Where a person has a role.
  func orgs(of person: PersonID) throws -> [OrgID] {
    Set(try store.memberships(of: person).map(\.org)).sorted()
  }

  /// INVARIANT: an org that has persons has an active owner.
  func checkOwners(_ orgs: [OrgID]) throws {
    for org in orgs {
      let owners = try store.memberships(in: org).filter { $0.role == .owner }
        .filter { try store.person($0.person)?.isActive == true }
      try Granting.checkOwners(owners.count, org: org.rawValue)
    }
  }
}

/// A secret that is shown once; the database keeps its digest.
enum AccessSecret {
  enum Kind: String {
    case session = "aiom_s_"
    case person = "aiom_p_"
    case agent = "aiom_a_"
    case link = "aiom_l_"
  }

  /// 256 bits behind a prefix that secret scanners can find.
  static func make(_ kind: Kind, _ entropy: Entropy) -> (text: String, digest: Digest) {
    let text = kind.rawValue + Base64Text.url(entropy.bytes(32))
    return (text, digest(text))
  }

  static func digest(_ text: String) -> Digest { .sha256(Array(text.utf8)) }
}

import ActionProtocol
import Addressing
import Decisions
import Engine

extension Sample {
  static func person(_ handle: String) -> Person {
    Person(
      id: unwrap(PersonID(rawValue: handle)), name: "\(handle) Lee",
      email: try? EmailAddress("\(handle)@acme.example"), createdAt: later(0))
  }

  static func password(_ byte: UInt8) -> PasswordRecord {
    PasswordRecord(
      salt: [UInt8](repeating: byte, count: 16), hash: [UInt8](repeating: byte, count: 32),
      cost: PasswordCost(rounds: 16, blockSize: 8, parallelism: 1), changedAt: later(Int64(byte)))
  }

  static func session(_ text: String, at instant: Instant) -> SessionRecord {
    SessionRecord(
      digest: .sha256(Array(text.utf8)), person: person("ann").id, place: .web,
      createdAt: instant, seenAt: instant)
  }

  static func token(_ id: String, org: OrgID, scopes: Set<Right>) -> TokenRecord {
    TokenRecord(
      org: org, id: id, digest: .sha256(Array(id.utf8)), name: "bot", kind: .agent,
      person: person("ann").id, scopes: scopes, createdAt: later(0), expiresAt: later(100))
  }

  static func link(_ text: String, _ person: PersonID?) -> LinkRecord {
    LinkRecord(
      digest: .sha256(Array(text.utf8)), person: person, createdAt: later(0), expiresAt: later(60))
  }
}

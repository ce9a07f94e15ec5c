import ActionProtocol
import Addressing
import Engine
import Insights

/// A record of the ledger for the address of a test, because every message goes to a record's current
/// address, and that is checked again before it leaves. Never reminded of anything.
struct TestRecipient: Sendable {
  static let name = "Test recipient"

  let desk: ActionDesk

  /// The partner of the operation's recipient; made where there is none. Idempotent.
  func record(of operation: TypedOperation) async throws -> PartnerID {
    guard let row = row(operation) else { throw Self.failure }
    let org = desk.org
    let answer = try await desk.house.store.write { store in
      try store.upsert(org, .partner(row), asOf: store.now)
    }
    switch answer {
    case .inserted(let touch), .updated(let touch), .unchanged(let touch):
      guard let partner = touch.partnerID else { throw Self.failure }
      return partner
    case .rejected(_, let problem, let remedy):
      throw Failure(.refused, "test.recipient", "The recipient \(problem).", remedy: remedy)
    }
  }

  private func row(_ operation: TypedOperation) -> PartnerRow? {
    var email: EmailAddress?
    var phone: PhoneNumber?
    switch operation {
    case .email(_, let message): email = message.to.first
    case .sms(_, let message): phone = message.to
    default: return nil
    }
    let address = email?.identity ?? phone?.e164 ?? ""
    let digest = Digest.sha256(Array(address.utf8)).hex.prefix(16)
    return PartnerRow(
      externalID: "aiom-test-\(digest)", name: Self.name, email: email, phone: phone,
      country: desk.organisation.profile.country, neverRemind: true)
  }

  private static let failure = Failure(
    .internalError, "test.recipient", "The test's recipient has no record.",
    remedy: "Please report it.")
}

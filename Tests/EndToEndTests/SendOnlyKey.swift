import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights
import Sandbox
import Testing
import TestSupport

/// The key that the user's setup guide makes: it may send, and nothing else.
enum SendOnlyKey {
  static let endpoints = ["/email/send", "/sms/send"]

  /// A house whose provider gives the only key these endpoints.
  static func installation() async throws -> Installation {
    try await Installation { configuration in
      configuration.keyPermissions = [SandboxConfiguration.defaultKey: endpoints]
    }
  }
}

extension Installation {
  /// A customer with a number, and an approved SMS to it.
  func approvedSMS(
    to number: String, partner: Int64 = 1, key: String? = nil
  ) async throws -> ActionID {
    let (org, phone) = (org, try PhoneNumber(e164: number))
    try await store.write { store in
      let row = PartnerRow(
        externalID: "c\(partner)", name: "Customer \(partner)", phone: phone)
      _ = try store.upsert(org, .partner(row), asOf: store.now)
    }
    let proposal = Proposal(
      orgID: org, operation: .sms(.xSendSMSAlert, SendSMS(to: phone, body: Self.plantedBody)),
      idempotencyKey: IdempotencyKey(rawValue: key ?? "sms-\(partner)"),
      expectedEffect: "The customer knows our hours.", reasoning: "The hours have changed.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner], partnerID: PartnerID(rawValue: partner)))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else { throw Refused(outcome: "\(outcome)") }
    _ = try await Approvals(context).approve(
      org, state.id, digest: state.digest, by: .tester, via: "test")
    return state.id
  }
}

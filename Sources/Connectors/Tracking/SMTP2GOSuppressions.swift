import ActionProtocol
import Decisions
import Engine
import Foundation
import SMTP2GO

/// SMTP2GO's list of suppressions, behind `/suppression/view` and `/suppression/add`. There is no way
/// to remove anything here.
struct SMTP2GOSuppressions: VendorSuppressions {
  /// Before the provider existed: its documents do not agree on what no start means.
  private static let beginning = Date(timeIntervalSince1970: 1_104_537_600)  // 2005-01-01

  /// Clocks differ, and what was listed just now must not wait for the next reading.
  private static let slack: Duration = .seconds(86_400)

  let client: SMTP2GOClient

  func page(_ token: String?, until end: Instant) async -> VendorAnswer<VendorSuppressionPage> {
    let query = SuppressionQuery(
      sort: .ascending, start: Self.beginning, end: end.advanced(by: Self.slack).date,
      continueToken: token)
    let answer = await client.suppressions(query).outcome
    return answer.answered { page in
      VendorSuppressionPage(
        entries: page.results.map(VendorSuppression.init),
        next: page.results.isEmpty ? nil : page.continueToken)
    }
  }

  func add(_ address: String, why: SuppressionReason) async -> VendorAnswer<Void> {
    let answer = await client.addSuppression(address, description: "AIOM: \(why.rawValue)")
    return answer.outcome.answered { _ in () }
  }
}

extension Outcome {
  /// The engine's word for the answer of an endpoint that sends nothing.
  func answered<Other: Sendable>(
    _ transform: (Value) -> Other
  ) -> VendorAnswer<Other> {
    switch self {
    case .accepted(let value), .acceptedInPart(let value, _): .done(transform(value))
    case .configuration where isForbidden: .notPermitted
    case .configuration(let refusal): .failed(code: "account.\(refusal.code)")
    case .refused(let refusal): .refused(code: "provider.\(refusal.code)")
    case .throttled: .failed(code: "throttled")
    case .notSent(let reason): .failed(code: reason.rawValue)
    case .unknown(let reason): .failed(code: reason.rawValue)
    }
  }
}

extension VendorSuppression {
  fileprivate init(_ entry: SMTP2GO.Suppression) {
    self.init(
      address: entry.emailAddress, reason: Self.reason(entry.reason),
      since: entry.timestamp?.date.map {
        Instant(milliseconds: Int64(($0.timeIntervalSince1970 * 1000).rounded(.down)))
      })
  }

  private static func reason(_ reason: SMTP2GO.Suppression.Reason?) -> SuppressionReason {
    switch reason {
    case .bounce: .hardBounce
    case .spam: .complaint
    case .unsubscribe: .unsubscribe
    case .manual: .manual
    default: .vendor
    }
  }
}

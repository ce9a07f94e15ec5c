import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A policy's text that somebody sent: checked, compared, tried, asked for.
struct PolicyDraft: Sendable {
  private let engine: EngineContext
  private let reading: any PolicyTextReading

  init(_ ports: WritePorts) {
    engine = ports.engine
    reading = ports.policies
  }

  func review(_ text: String) -> PolicyReview { PolicyReview(reading.read(text)) }

  /// - Throws: ``Problem`` with every issue where it cannot be used.
  func usable(_ text: String) throws(Problem) -> Policy {
    let review = review(text)
    guard review.isUsable, let policy = review.policy else { throw .unusable(review) }
    return policy
  }

  func difference(_ org: OrgID, to policy: Policy) async throws -> PolicyDifference {
    PolicyDifference(from: try await PolicyBook(engine).active(org).policy, to: policy)
  }

  /// Against the active policy, on the newest decisions.
  func past(_ org: OrgID, _ policy: Policy) async throws -> RecentBacktest {
    let active = try await PolicyBook(engine).active(org).policy
    return try await PolicyHistory(engine).recentBacktest(org, old: active, new: policy)
  }

  func request(
    _ org: OrgID, _ text: String, reason: String, by author: Author, via: String
  ) async throws -> ApprovalRequest {
    try await PolicyBook(engine).request(
      org, usable(text), source: "file", reason: reason, by: author, via: via)
  }

  /// Asks for a version of the past to become active again.
  func request(
    _ org: OrgID, version: Int64, reason: String, by author: Author, via: String
  ) async throws -> ApprovalRequest {
    let book = PolicyBook(engine)
    let policy = try await book.version(org, version).policy()
    return try await book.request(
      org, policy, source: "rollback:\(version)", reason: reason, by: author, via: via)
  }
}

extension Problem {
  fileprivate static func unusable(_ review: PolicyReview) -> Problem {
    Problem(
      .unprocessableContent, "policy.invalid", "This is no policy that can be used.",
      remedy: "Correct what is named; each issue says what helps.",
      details: [
        "issues": .array(review.issues.map(\.json)), "cases": .array(review.failing.map(\.json)),
      ])
  }
}

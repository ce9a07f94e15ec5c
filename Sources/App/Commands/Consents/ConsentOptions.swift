import ArgumentParser
import Decisions

/// What the commands about consents have in common.
enum ConsentOptions {
  enum Basis: String, ExpressibleByArgument, CaseIterable {
    case express, implied, contract

    var value: ConsentBasis {
      switch self {
      case .express: .express
      case .implied: .implied
      case .contract: .contract
      }
    }
  }

  static func scope(_ text: String) throws -> SuppressionScope {
    guard let scope = SuppressionScope(named: text.lowercased()) else {
      throw Failure(
        .usage, "consent.scope", "--scope is no scope.",
        remedy: "Write all, marketing, or the name of an action type such as send_deal_check_in.")
    }
    return scope
  }

  static func evidence(_ text: String?) throws -> String? {
    guard let text else { return nil }
    guard !text.isEmpty, text.utf8.count <= 500,
      text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else {
      throw Failure(
        .usage, "consent.evidence", "--evidence must be one line of 1 to 500 octets.",
        remedy: "Say where the proof is: form:4711.")
    }
    return text
  }
}

import Decisions
import Engine
import Odoo

/// What an error of Odoo means for a check, and for a call.
enum OdooOutcome {
  /// Of a check: nothing was changed, whatever it was.
  static func problem(_ error: OdooError) -> BooksProblem {
    BooksProblem(
      code: "odoo_\(error.kind.rawValue)", remedy: OdooRemedy.text(error),
      isTemporary: OdooRemedy.isTemporary(error))
  }

  /// A reading that took too long.
  static let late = BooksProblem(
    code: "odoo_deadline", remedy: "Odoo answers too slowly; it is asked again by itself.",
    isTemporary: true)

  /// Of a look before a change: nothing was changed.
  static func beforeWriting(_ error: OdooError) -> CallOutcome {
    switch error.retry {
    case .afterRepair:
      .configuration(code: code(error), message: OdooRemedy.text(error))
    case .never where error.kind == .recordMissing || error.kind == .fieldUnknown:
      .refused(code: code(error), message: OdooRemedy.text(error))
    case .never, .later, .outcomeUnknown:
      .notSent(code: code(error))
    }
  }

  /// Of the change itself.
  static func ofWriting(_ error: OdooError) -> CallOutcome {
    // Also where it is of no use to try again: no byte has left.
    if error.kind == .notSent { return .notSent(code: code(error)) }
    return switch error.retry {
    case .outcomeUnknown: .unknown(code: code(error))
    case .afterRepair: .configuration(code: code(error), message: OdooRemedy.text(error))
    case .later(let delay):
      error.kind == .throttled ? .throttled(retryAfter: delay) : .notSent(code: code(error))
    case .never:
      .refused(code: code(error), message: error.serverMessage ?? OdooRemedy.text(error))
    }
  }

  static func code(_ error: OdooError) -> String { "odoo_\(error.kind.rawValue)" }
}

/// How much can go wrong, from low to critical.
public enum RiskLevel: String, CaseIterable, Hashable, Comparable, Sendable {
  case low, medium, high, critical

  /// Whether a person has to approve whatever policy says.
  public var alwaysRequiresApproval: Bool { self >= .high }

  public static func < (left: RiskLevel, right: RiskLevel) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }
}

/// What happens when a check of the revalidation plan fails.
public enum FailSeverity: String, CaseIterable, Hashable, Sendable {
  /// The action ends `failed`.
  case block
  /// The approval is void; a new revision goes back to approval.
  case requireReapproval = "require_reapproval"
}

/// A way to undo what an action did.
public enum RollbackStrategy: String, CaseIterable, Hashable, Sendable {
  case none
  case manual
  case autoUndoOdooWrite = "auto_undo_odoo_write"
  case sendCorrectionEmail = "send_correction_email"
}

import Decisions

extension OrgMode {
  /// The delivery whose messages reach those they are for: what becomes of them binds. Everything
  /// else is a rehearsal: a redirected message went to the operator, and what a sandbox makes up for
  /// a live org must neither bind when the org is live nor reach the provider's list.
  public var ownDelivery: DeliveryMode {
    switch self {
    case .live: .live
    case .sandbox: .sandbox
    }
  }
}

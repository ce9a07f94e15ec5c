/// What went wrong with one request, before anybody asks what it was for.
struct Fault: Sendable, Hashable, Error {
  var kind: OdooError.Kind
  var status: Int?
  var detail: String?
  var message: String?
  var delay: Duration?
  /// Proof that nothing was changed: the request never left, or the server says that it rolled back.
  var nothingWasDone: Bool

  init(
    _ kind: OdooError.Kind, status: Int? = nil, detail: String? = nil, message: String? = nil,
    delay: Duration? = nil, nothingWasDone: Bool = false
  ) {
    self.kind = kind
    self.status = status
    self.detail = detail
    self.message = message
    self.delay = delay
    self.nothingWasDone = nothingWasDone
  }

  /// The detail of a write that a ``CallLeave`` held back.
  static let heldBack = "held_back"

  /// INVARIANT: a write is never called repeatable without proof that nothing was done.
  func retry(_ effect: CallEffect) -> OdooError.Retry {
    guard nothingWasDone || effect == .read else { return .outcomeUnknown }
    if kind == .notSent, detail == "shut_down" || detail == Self.heldBack { return .never }
    switch kind {
    case .credentialsRefused, .credentialsHeldBack, .accessDenied, .databaseUnknown, .notOdoo,
      .modelUnknown:
      return .afterRepair
    case .conflict, .databaseUnavailable, .throttled, .unavailable, .notSent, .deadline,
      .connectionLost:
      return .later(after: delay)
    case .recordMissing, .invalid, .refused, .methodUnknown, .fieldUnknown, .valueInvalid,
      .serverFailure, .answerUnreadable, .answerTooLarge, .answerUnexpected, .requestInvalid,
      .cancelled:
      return .never
    }
  }
}

/// Who may call a route.
///
/// Every registered route names one, in ``RouteTable``; the role decides what stands before the
/// handler. `Comparable`: a later case asks for more.
public enum RouteRole: String, Sendable, Equatable, CaseIterable, Comparable {
  /// Anyone who reaches the listener. The route carries its own proof (an unguessable path part, a
  /// provider's authorization) or gives nothing away.
  case `public`
  /// A person who has shown who they are.
  case person
  /// A person who may decide: approve, reject, settle, stop.
  case decider

  public static func < (left: RouteRole, right: RouteRole) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .public: 0
    case .person: 1
    case .decider: 2
    }
  }
}

import Decisions

/// Who may call a route.
///
/// Every registered route names one, in ``RouteTable``; ``RouteDoor`` enforces it before the handler.
public enum RouteRole: Hashable, Sendable, CaseIterable {
  /// Anyone who reaches the listener. The route carries its own proof (an unguessable path part, a
  /// provider's authorization) or gives nothing away.
  case `public`
  /// Whoever has shown a credential that is good: a person or an agent. The route shows them no more
  /// than their own.
  case signedIn
  /// Whoever holds the right in the org that the request is about.
  case right(Right)

  public static let allCases = [RouteRole.public, .signedIn] + Right.allCases.map(RouteRole.right)

  /// As it stands in the reviewed table: `public`, `signed in`, `right decide`.
  public var text: String {
    switch self {
    case .public: "public"
    case .signedIn: "signed in"
    case .right(let right): "right \(right.rawValue)"
    }
  }
}

import ActionProtocol
import Engine
import HTTPTypes

/// What a handler is given: the parts of a request that have a meaning here.
struct WebRequest: Sendable, CustomStringConvertible {
  let id: RequestID
  /// The variable part of the path, as it stood there; empty where the route has none. A secret.
  let token: String
  let fields: HTTPFields
  /// What stands behind the path's question mark; empty where nothing does.
  var query = ""
  /// Where it comes from.
  let origin: RequestOrigin
  /// The name and port that the client asked for; on the private listener one of its own.
  var host = ""
  /// Who shows a credential; nil on a public route, which asks for none.
  var caller: Principal?
  /// The org that the route's right was found in; nil where it asks for none.
  var org: OrgID?

  /// Nothing that the client sent.
  var description: String { "request \(id.text)" }

  /// Whether the client is a browser with a person before it.
  var prefersPage: Bool { Self.prefersPage(fields) }

  static func prefersPage(_ fields: HTTPFields) -> Bool {
    fields[values: .accept].contains { $0.lowercased().contains("text/html") }
  }
}

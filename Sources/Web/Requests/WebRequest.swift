import HTTPTypes

/// What a handler is given: the parts of a request that have a meaning here.
struct WebRequest: Sendable, CustomStringConvertible {
  let id: RequestID
  /// The variable part of the path, as it stood there; empty where the route has none. A secret.
  let token: String
  let fields: HTTPFields
  /// Where it comes from.
  let origin: RequestOrigin

  /// Nothing that the client sent.
  var description: String { "request \(id.text)" }

  /// Whether the client is a browser with a person before it.
  var prefersPage: Bool { Self.prefersPage(fields) }

  static func prefersPage(_ fields: HTTPFields) -> Bool {
    fields[values: .accept].contains { $0.lowercased().contains("text/html") }
  }
}

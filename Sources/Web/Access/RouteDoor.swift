import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Who stands behind a request: the one place where a route's role is enforced.
///
/// A bearer token in `Authorization` wins over a cookie, because a browser never sends one by itself. A
/// request that changes something with a cookie has to come from a page of ours and to carry the
/// session's form token; one with a bearer token cannot be forged by another page.
struct RouteDoor: Sendable {
  let context: AccessContext

  /// What was shown.
  enum Shown: Sendable {
    case bearer(String)
    case cookie(String)
  }

  /// How a request says which org it is about.
  enum Wanted: Sendable {
    /// A page, by its address; empty: the first one that the person may look at.
    case page(String)
    /// By the field.
    case program
  }

  /// Lets a request pass to a route, or not.
  /// - Returns: who it is, and the org that a right was asked for in; nothing for a public route.
  /// - Throws: ``Problem``.
  func admit(
    _ role: RouteRole, _ request: HTTPFields, _ origin: RequestOrigin,
    _ method: HTTPRequest.Method = .get, named wanted: Wanted = .program
  ) async throws -> (caller: Principal?, org: OrgID?) {
    guard role != .public else { return (nil, nil) }
    guard let shown = Self.shown(request, origin) else { throw Problem.signInRequired }
    let caller: Principal
    do {
      caller = try await SignIn(context).caller(
        shown.text, isUse: Self.isUse(request, method, shown))
    } catch let error as AccessError {
      throw Problem(error)
    }
    guard case .right(let right) = role else { return (caller, nil) }
    let org = try await org(request, wanted, caller)
    do {
      _ = try await context.store.read { try AccessGate($0).permit(right, in: org, for: caller) }
    } catch let error as AccessError {
      throw Problem(error)
    }
    return (caller, org)
  }

  /// The org that a request is about: named in `AIOM-Org`, else the token's, else the only one that
  /// the caller has a right in.
  private func org(
    _ fields: HTTPFields, _ wanted: Wanted, _ caller: Principal
  ) async throws -> OrgID {
    if case .page(let text) = wanted, !text.isEmpty {
      guard let org = OrgID(rawValue: text) else { throw Problem.orgNeeded }
      return org
    }
    if let text = fields[.aiomOrg] {
      guard let org = OrgID(rawValue: text) else { throw Problem.orgNeeded }
      return org
    }
    if let org = caller.org { return org }
    let all = try await AccessViews(context).rights(of: caller)
    if case .page = wanted, let first = all.keys.min() { return first }
    guard let only = all.keys.first, all.count == 1 else { throw Problem.orgNeeded }
    return only
  }

  static func shown(_ fields: HTTPFields, _ origin: RequestOrigin) -> Shown? {
    if let field = fields[.authorization] {
      let parts = field.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
      return .bearer(String(parts[1]))
    }
    return SessionCookie.value(in: fields, origin).map(Shown.cookie)
  }
}

extension RouteDoor.Shown {
  var text: String {
    switch self {
    case .bearer(let text), .cookie(let text): text
    }
  }
}

extension HTTPField.Name {
  /// Which organisation a request is about.
  static let aiomOrg = HTTPField.Name("AIOM-Org") ?? .accept
  static let csrfToken = HTTPField.Name("X-CSRF-Token") ?? .accept
  static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .accept
}

extension Problem {
  static let orgNeeded = Problem(
    .badRequest, "org_needed", "The request does not say which organisation it is about.",
    remedy: "Send its id in the field AIOM-Org.")

  /// What the services of persons and credentials refuse.
  init(_ error: AccessError) {
    var fields: HTTPFields = [:]
    let status: HTTPResponse.Status
    switch error.kind {
    case .unauthenticated:
      status = .unauthorized
      fields[.wwwAuthenticate] = "Bearer"
    case .forbidden: status = .forbidden
    case .invalid: status = .unprocessableContent
    case .unknown: status = .notFound
    case .conflict: status = .conflict
    case .tooMany(let seconds):
      status = .tooManyRequests
      fields[.retryAfter] = "\(seconds)"
    }
    self.init(status, error.code, error.message, remedy: error.remedy, fields: fields)
  }
}

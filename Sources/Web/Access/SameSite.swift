import HTTPTypes

/// Whether a request that changes something comes from a page of ours.
enum SameSite {
  /// - Parameter host: the request's own host, with its port.
  /// - Parameter needsProof: a cookie came along, so a browser must say where the page is from; without
  ///   one a program may leave it out.
  /// - Throws: ``Problem/otherSite``.
  static func check(
    _ fields: HTTPFields, host: String?, origin: RequestOrigin, needsProof: Bool
  ) throws(Problem) {
    if let site = fields[.fetchSite] {
      guard site == "same-origin" else { throw .otherSite }
      return
    }
    guard let from = fields[.origin] else {
      guard !needsProof else { throw .otherSite }
      return
    }
    guard let host, origins(host, origin).contains(from.lowercased()) else { throw .otherSite }
  }

  /// Where a trusted proxy does not say how its client came, both are possible.
  private static func origins(_ host: String, _ origin: RequestOrigin) -> [String] {
    let name = host.lowercased()
    return switch origin.isSecure {
    case true?: ["https://\(name)"]
    case false?: ["http://\(name)"]
    case nil: ["https://\(name)", "http://\(name)"]
    }
  }
}

extension Problem {
  static let otherSite = Problem(
    .forbidden, "other_site", "This request does not come from a page of this server.",
    remedy: "Open the page here and press the button on it; a program sends a bearer token.")

  static let formToken = Problem(
    .forbidden, "form_token", "The page is not of this session any more.",
    remedy: "Load the page anew, then try again; a script sends the token in X-CSRF-Token.")
}

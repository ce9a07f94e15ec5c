import ActionProtocol
import HTTPTypes

/// The session's cookie. Over https its name binds it to this host and to https (`__Host-`); on this
/// machine's own plain http browsers refuse that name, so it has another one.
enum SessionCookie {
  static func name(_ origin: RequestOrigin) -> String {
    origin.isSecure == true ? "__Host-aiom" : "aiom_local"
  }

  /// Only the name that fits the way: what plain http set opens nothing over https.
  static func value(in fields: HTTPFields, _ origin: RequestOrigin) -> String? {
    let prefix = name(origin) + "="
    return fields[values: .cookie]
      .flatMap { $0.split(separator: ";") }
      .map { $0.drop { $0 == " " } }
      .first { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }

  /// Sets the cookie for as long as the browser runs; the session itself ends on the server.
  static func setting(_ token: String, _ origin: RequestOrigin) -> String {
    "\(name(origin))=\(token); " + attributes(origin)
  }

  static func clearing(_ origin: RequestOrigin) -> String {
    "\(name(origin))=; Max-Age=0; " + attributes(origin)
  }

  private static func attributes(_ origin: RequestOrigin) -> String {
    "Path=/; HttpOnly; SameSite=Lax" + (origin.isSecure == true ? "; Secure" : "")
  }
}

/// Proof that a form or a script's request comes from a page that was made for the session.
enum FormToken {
  /// Says nothing about the session's own token.
  static func of(_ session: String) -> String {
    Digest.sha256(Array("form:\(session)".utf8)).hex
  }

  static func matches(_ given: String?, session: String) -> Bool {
    let wanted = Array(of(session).utf8)
    let found = Array((given ?? "").utf8)
    return wanted.count == found.count
      && zip(wanted, found).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

import HTTPTypes

/// Where a request comes from, as far as somebody trustworthy says so.
struct RequestOrigin: Hashable, Sendable {
  /// Who is connected; nil on a connection without an address.
  let peer: IPAddress?
  /// Who began it.
  let client: IPAddress?
  /// Whether its whole way was encrypted; nil where a trusted proxy does not say.
  let isSecure: Bool?

  /// - Parameters:
  ///   - isTLS: whether this process itself decrypted the request.
  init(peer: IPAddress?, isTLS: Bool, fields: HTTPFields, proxies: TrustedProxies) {
    self.peer = peer
    let isProxied = peer.map(proxies.contains) == true
    client = peer.map {
      proxies.client(of: $0, forwardedFor: fields[values: .forwardedFor])
    }
    let proto = isProxied ? fields[values: .forwardedProto].last : nil
    switch proto.map(Self.last) {
    case "https": isSecure = true
    case .some: isSecure = false
    case nil: isSecure = isProxied && !isTLS ? nil : isTLS
    }
  }

  /// Whether secrets in the address crossed a network in the clear.
  var isExposed: Bool { isSecure == false && client?.isLoopback == false }

  /// What the nearest proxy says stands last.
  private static func last(_ value: String) -> String {
    String(value.split(separator: ",").last ?? "").lowercased().filter { $0 != " " }
  }
}

extension HTTPField.Name {
  private static func known(_ name: String) -> HTTPField.Name {
    HTTPField.Name(name) ?? .accept
  }

  static let forwardedFor = known("X-Forwarded-For")
  static let forwardedProto = known("X-Forwarded-Proto")
  static let requestID = known("X-Request-Id")
  static let frameOptions = known("X-Frame-Options")
  static let robotsTag = known("X-Robots-Tag")
  static let referrerPolicy = known("Referrer-Policy")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
}

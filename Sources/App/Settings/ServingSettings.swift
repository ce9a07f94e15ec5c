import ActionProtocol
import Foundation
import Web

/// How a serving process is reached.
struct ServingSettings: Sendable {
  /// Where the public listener is reached from outside, without a slash at the end; nil: nowhere.
  let publicURL: String?
  let listen: ListenSetting
  /// Names of the private listener.
  let listenNames: HostNames
  let publicListen: ListenSetting
  /// Paths of the certificate chain and its key; nil: plain HTTP.
  let tls: (certificate: String, key: String)?
  let proxies: TrustedProxies

  /// - Parameters:
  ///   - text: the checked value of a setting.
  ///   - path: makes a path absolute.
  /// - Throws: ``Failure`` for settings that do not go together.
  init(_ text: (SettingKey) -> String?, path: (String) -> String) throws {
    publicURL = text(.publicURL).map(PublicAddress.normalised)
    listen = text(.listen).flatMap(ListenSetting.init) ?? .at(.privateDefault)
    listenNames = text(.listenNames).flatMap(HostNames.init) ?? .none
    publicListen = text(.publicListen).flatMap(ListenSetting.init) ?? .at(.publicDefault)
    proxies = text(.behindProxy).flatMap(TrustedProxies.init) ?? .none
    switch (text(.tlsCertificate), text(.tlsKey)) {
    case (let certificate?, let key?): tls = (path(certificate), path(key))
    case (nil, nil): tls = nil
    default:
      throw Failure(
        .notConfigured, "settings.tls_incomplete",
        "Of AIOM_TLS_CERTIFICATE and AIOM_TLS_KEY only one is set.",
        remedy: "Set both, or neither.",
        details: ["settings": ["AIOM_TLS_CERTIFICATE", "AIOM_TLS_KEY"]])
    }
  }
}

/// Where a listener waits, if at all.
enum ListenSetting: Hashable, Sendable {
  case off
  case at(ListenAddress)

  init?(_ text: String) {
    if text == "off" {
      self = .off
    } else if let address = ListenAddress(text) {
      self = .at(address)
    } else {
      return nil
    }
  }

  static func problem(with text: String) -> String? {
    ListenSetting(text) == nil
      ? "must be an address and a port such as 127.0.0.1:8080 or [::1]:8080, or off" : nil
  }
}

/// The address under which others reach us.
enum PublicAddress {
  static func problem(with text: String) -> String? {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = url.host, !host.isEmpty
    else { return "is not an address such as https://aiom.example.com" }
    if url.user != nil || url.password != nil { return "must not contain a password" }
    if url.query != nil || url.fragment != nil { return "must end with the path" }
    return scheme == "http" && !ProviderAddress.isLoopback(url) ? "must begin with https://" : nil
  }

  /// Without slashes at the end, so that paths can be put behind it.
  static func normalised(_ text: String) -> String {
    String(text.reversed().drop { $0 == "/" }.reversed())
  }
}

/// How a listener may be reached, and what protects the way there.
public struct Exposure: Sendable {
  /// Who may call.
  enum Callers: Sendable {
    /// Whoever reaches the port.
    case anyone
    /// Only this machine and the named proxies: the way from them is plain HTTP.
    case proxies
  }

  let address: ListenAddress
  let certificate: ServerCertificate?
  let proxies: TrustedProxies
  let callers: Callers
  /// The names under which it is called.
  let names: HostNames

  /// INVARIANT: no listener beyond loopback speaks plain HTTP to anybody but named proxies.
  ///
  /// - Parameters:
  ///   - certificate: serves TLS; nil: plain HTTP.
  ///   - proxies: whose `X-Forwarded-…` is believed.
  ///   - names: of the private listener, besides those of this machine; the public one is asked under
  ///     whatever name its proxy sends.
  /// - Throws: ``ListenFault`` when the listener would be open to the network unprotected.
  public init(
    _ role: ListenerRole, at address: ListenAddress, certificate: ServerCertificate?,
    proxies: TrustedProxies, names: HostNames = .none
  ) throws(ListenFault) {
    let isPlainBeyondLoopback = !address.isLoopback && certificate == nil
    if isPlainBeyondLoopback, proxies.isEmpty {
      throw ListenFault(
        .configuration, "listen.unprotected",
        "The \(role.rawValue) listener at \(address) can be reached from other machines, and "
          + "nothing encrypts the way.",
        remedy: "Give a certificate with --tls-certificate and --tls-key, or name the proxies that "
          + "encrypt it with --behind-proxy, or listen on 127.0.0.1.")
    }
    self.address = address
    self.certificate = certificate
    self.proxies = proxies
    self.names = names
    callers = isPlainBeyondLoopback ? .proxies : .anyone
  }

  /// `http` or `https`.
  public var scheme: String { certificate == nil ? "http" : "https" }
}

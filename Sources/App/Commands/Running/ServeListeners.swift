import Engine
import Foundation
import ServiceLifecycle
import Web

/// The listeners of a serving process, as its settings want them.
struct ServeListeners: Sendable {
  private let all: [(role: ListenerRole, listener: WebListener)]

  /// - Throws: ``Failure`` when a listener would be open to the network unprotected, or a
  ///   certificate cannot be used.
  init(_ house: House, _ readiness: ServeReadiness, _ console: Console) throws {
    do {
      all = try Self.listeners(house, readiness, console)
    } catch let fault as ListenFault {
      throw Failure(listening: fault)
    }
  }

  private func services(_ role: ListenerRole) -> [any Service] {
    all.filter { $0.role == role }.map(\.listener)
  }

  /// The services of a serving process, in the order in which they begin. They end the other way round:
  /// the notice first, then the public door, then the engine; the private door stays open until the
  /// engine has ended, so that whoever watches sees that it is stopping.
  func services(around engine: ServeEngine, _ readiness: ServeReadiness) -> [any Service] {
    services(.private) + [engine] + services(.public) + [StopNotice(heard: readiness.stop)]
  }

  /// Waits until each accepts connections.
  /// - Returns: where, by role.
  func listening() async throws -> [ListenerRole: String] {
    var places: [ListenerRole: String] = [:]
    for (role, listener) in all {
      places[role] = listener.url(try await listener.listening())
    }
    return places
  }

  private static func listeners(
    _ house: House, _ readiness: ServeReadiness, _ console: Console
  ) throws -> [(role: ListenerRole, listener: WebListener)] {
    let serving = house.settings.serving
    let certificate = try serving.tls.map { paths in
      try ServerCertificate(certificate: paths.certificate, key: paths.key)
    }
    if let certificate { warn(of: certificate, console) }
    let ports = ServePorts(house, readiness)
    let wanted: [(ListenerRole, ListenSetting)] = [
      (.private, serving.listen), (.public, serving.publicListen),
    ]
    return try wanted.compactMap { role, setting in
      guard case .at(let address) = setting else { return nil }
      // On this machine the private listener needs none, and its probes would have to trust it.
      let isPlain = role == .private && address.isLoopback
      let exposure = try Exposure(
        role, at: address, certificate: isPlain ? nil : certificate, proxies: serving.proxies,
        names: serving.listenNames)
      let listener = WebListener(
        role, exposure, reading: ports.reading, writing: ports.writing,
        logger: house.context.logger)
      return (role, listener)
    }
  }

  private static func warn(of certificate: ServerCertificate, _ console: Console) {
    let left = certificate.validUntil.timeIntervalSinceNow / 86_400
    if left < 0 {
      console.warn("the certificate has ended; clients will refuse it until it is renewed.")
    } else if left < 14 {
      console.warn("the certificate ends in \(Int(left)) days; renew it and restart serve.")
    }
  }
}

extension Failure {
  init(listening fault: ListenFault) {
    self.init(
      fault.kind == .configuration ? .notConfigured : .unavailable, fault.code, fault.message,
      remedy: fault.remedy)
  }
}

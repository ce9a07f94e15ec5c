import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The context of a request: with its connection, which faults cut or hold.
struct SandboxContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Leads a request to the vendor's API, the control endpoints or the pages.
struct SandboxResponder: HTTPResponder {
  typealias Context = SandboxContext

  let api: VendorAPI
  let control: ControlAPI
  let pages: OutboxPages
  let hangs: OpenHangs

  func respond(to request: Request, context: SandboxContext) async throws -> Response {
    let parts = request.uri.path.split(separator: "/")
    if let address = APIAddress(parts, host: request.head.authority) {
      return try await api.respond(
        to: request, at: address.path, region: address.region,
        on: SandboxConnection(channel: context.channel, hangs: hangs))
    }
    guard isLocal(request) else { return Response(status: .misdirectedRequest) }
    if parts.first == "_sandbox" {
      return try await control.respond(to: request, at: parts.dropFirst().map(String.init))
    }
    guard request.method == .get else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET"])
    }
    return pages.respond(to: request, at: parts.map(String.init))
  }

  /// The endpoint in a path, whatever its slashes: one official client sends `//email/send`.
  static func endpointPath(of path: String) -> String {
    var parts = path.split(separator: "/")
    if parts.first == "v3" { parts.removeFirst() }
    return "/" + parts.joined(separator: "/")
  }

  /// Pages of other sites may neither read the outbox by a name that they point here, nor write to
  /// it. The vendor's endpoints are open: some clients send the vendor's host name.
  private func isLocal(_ request: Request) -> Bool {
    guard let host = request.head.authority, Self.isLoopback(host) else { return false }
    guard let origin = request.headers[.origin] else { return true }
    return origin == "http://" + host
  }

  private static func isLoopback(_ authority: String) -> Bool {
    ["127.0.0.1", "localhost", "[::1]"].contains { name in
      authority == name || authority.hasPrefix(name + ":")
    }
  }
}

/// An address of the API: `/v3/…` is the global one, `/eu/v3/…` stands for
/// `eu-api.smtp2go.com/v3/…`, whose name may also stand in the `Host` header.
private struct APIAddress {
  var region: String?
  var path: String

  init?(_ parts: [Substring], host: String?) {
    var parts = parts[...]
    if let first = parts.first, SandboxKey.regions.contains(String(first)),
      parts.dropFirst().first == "v3"
    {
      region = String(first)
      parts.removeFirst()
    } else if let name = host?.split(separator: "-").first.map(String.init),
      SandboxKey.regions.contains(name), host?.contains("-api.smtp2go.com") == true
    {
      region = name
    }
    guard parts.first == "v3" else { return nil }
    path = "/" + parts.dropFirst().joined(separator: "/")
  }
}

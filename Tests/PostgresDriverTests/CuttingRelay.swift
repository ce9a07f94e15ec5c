import Foundation
import Glibc
import Synchronization

/// Stands between libpq and the server, on a socket of its own, and cuts a connection around its next
/// COMMIT where a test asks for it.
final class CuttingRelay: Sendable {
  enum Cut: Sendable {
    /// The server never sees the COMMIT.
    case before
    /// The server has committed and answered; the answer is lost.
    case after
  }

  let folder: String
  private let server: String
  private let listener: Int32
  private let armed = Armed()
  private static let name = "/.s.PGSQL.5432"

  /// - Parameter serverFolder: where the real socket is.
  init(serverFolder: String) throws {
    server = serverFolder + Self.name
    folder = NSTemporaryDirectory() + "aiom-cut-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let door = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    listener = door
    let bound = Self.withAddress(folder + Self.name) { bind(door, $0, $1) }
    guard bound == 0, listen(door, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
    let (server, armed) = (server, armed)
    Thread.detachNewThread {
      while true {
        let client = accept(door, nil, nil)
        guard client >= 0 else { return }
        guard !armed.refuses(client) else { continue }
        Thread.detachNewThread { Self.relay(client, server, armed) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    try? FileManager.default.removeItem(atPath: folder)  // only a temporary socket
  }

  /// Breaks every connection as a server does that crashes: a warning, and nothing more. What the
  /// client sends afterwards fails while there still is something to read.
  func crash() { armed.crashes.withLock { $0 += 1 } }

  /// How many connections are open.
  var openCount: Int { armed.open.withLock { $0 } }

  /// Whether new connections are closed at once, as by a server that is away.
  var refuses: Bool {
    get { armed.refusing.withLock { $0.isOn } }
    set { armed.refusing.withLock { $0.isOn = newValue } }
  }

  /// How many connections were refused.
  var refusals: Int { armed.refusing.withLock { $0.count } }

  /// The next COMMIT, and only that one, is cut.
  func arm(_ cut: Cut) { armed.cut.withLock { $0 = cut } }

  private final class Armed: Sendable {
    let cut = Mutex<Cut?>(nil)
    let crashes = Mutex(0)
    let open = Mutex(0)
    let refusing = Mutex((isOn: false, count: 0))

    func refuses(_ client: Int32) -> Bool {
      refusing.withLock { refusing in
        guard refusing.isOn else { return false }
        refusing.count += 1
        close(client)
        return true
      }
    }

    func take() -> Cut? {
      cut.withLock { cut in
        defer { cut = nil }
        return cut
      }
    }
  }

  private static func relay(_ client: Int32, _ path: String, _ armed: Armed) {
    let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let crashes = armed.crashes.withLock { $0 }
    armed.open.withLock { $0 += 1 }
    defer {
      close(client)
      close(server)
      armed.open.withLock { $0 -= 1 }
    }
    guard withAddress(path, { connect(server, $0, $1) }) == 0 else { return }
    while true {
      var watched = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&watched, 2, 10) >= 0 else { return }
      if armed.crashes.withLock({ $0 }) > crashes { return send(Self.warning, to: client) }
      if watched[0].revents != 0 {
        guard let bytes = receive(client) else { return }
        let cut = isCommit(bytes) ? armed.take() : nil
        if cut == .before { return }
        send(bytes, to: server)
        if cut == .after {
          _ = receive(server)
          return
        }
      }
      if watched[1].revents != 0 {
        guard let bytes = receive(server) else { return }
        send(bytes, to: client)
      }
    }
  }

  /// A notice of severity WARNING, with its length in front.
  private static let warning: [UInt8] = {
    let fields = ["SWARNING", "VWARNING", "C57P02", "Mterminating"]
    let body: [UInt8] = fields.flatMap { [UInt8]($0.utf8) + [UInt8(0)] } + [UInt8(0)]
    return [0x4E, 0, 0, 0, UInt8(body.count + 4)] + body
  }()

  /// A simple query with nothing but COMMIT.
  private static func isCommit(_ bytes: [UInt8]) -> Bool {
    bytes == [0x51, 0, 0, 0, 11] + Array("COMMIT".utf8) + [0]
  }

  private static func receive(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func withAddress<Value>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

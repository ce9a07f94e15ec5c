import Foundation
import Glibc
import Synchronization

/// The clients of the webhook benchmark: each has one connection and a thread, and posts until all
/// is answered with 200.
final class WebhookClients: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var repeated = 0
    var milliseconds: [Double] = []
  }

  private let load: WebhookLoad
  private let connections: Int
  private let port: @Sendable () -> Int
  private let state = Mutex(State())

  init(_ load: WebhookLoad, connections: Int, port: @escaping @Sendable () -> Int) {
    self.load = load
    self.connections = connections
    self.port = port
  }

  var milliseconds: [Double] { state.withLock(\.milliseconds) }
  var repeated: Int { state.withLock(\.repeated) }

  /// - Parameter progress: told the number of answered posts, on the caller's thread, often.
  func run(_ progress: (Int) -> Void) {
    let ended = DispatchGroup()
    for _ in 0..<connections {
      ended.enter()
      Thread.detachNewThread {
        self.post()
        ended.leave()
      }
    }
    while ended.wait(timeout: .now() + .milliseconds(5)) == .timedOut {
      progress(state.withLock(\.done))
    }
  }

  private func post() {
    var connection: WebhookConnection?
    while let index = take() {
      while true {
        let open = connection ?? WebhookConnection(port: port())
        let begun = ContinuousClock.now
        if let open, open.answer(to: load.requests[index]) == 200 {
          connection = open
          note(ContinuousClock.now - begun)
          break
        }
        connection = nil
        state.withLock { $0.repeated += 1 }
        usleep(5000)
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < load.requests.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func note(_ duration: Duration) {
    let milliseconds =
      Double(duration.components.seconds) * 1000
      + Double(duration.components.attoseconds) / 1e15
    state.withLock { state in
      state.done += 1
      state.milliseconds.append(milliseconds)
    }
  }
}

/// A blocking connection that asks and reads one answer at a time.
private final class WebhookConnection {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 4096)

  /// Nil where nobody listens.
  init?(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var enabled: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &enabled,
      socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The status of the answer; nil when the connection ended first.
  func answer(to request: [UInt8]) -> Int? {
    let sent = request.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard sent == request.count else { return nil }
    var text = ""
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      if let status = Self.status(text) { return status }
    }
  }

  /// Nil as long as the answer is not whole.
  private static func status(_ text: String) -> Int? {
    guard let gap = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<gap.lowerBound].lowercased().components(separatedBy: "\r\n")
    let length = lines.first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
    guard text[gap.upperBound...].utf8.count >= length ?? 0 else { return nil }
    return lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }
}

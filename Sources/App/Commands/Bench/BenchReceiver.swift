import ActionProtocol
import Foundation
import Glibc
import Synchronization

/// A provider on loopback that notes when each message came. It answers as SMTP2GO accepts, and knows
/// nothing else.
final class BenchReceiver: Sendable {
  let url: String
  private let listener: Int32
  private let arrivals = Mutex<[String: ContinuousClock.Instant]>([:])

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else {
      close(listener)
      throw Failure(
        .unavailable, "bench.receiver", "No port on loopback is free.", remedy: "Try again.")
    }
    self.listener = listener
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v3"
    Thread.detachNewThread { self.accept() }
  }

  /// Takes no more connections.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  func arrival(of action: ActionID) -> ContinuousClock.Instant? {
    arrivals.withLock { $0[action.rawValue] }
  }

  private func accept() {
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      var enabled: Int32 = 1
      setsockopt(
        connection, Int32(IPPROTO_TCP), TCP_NODELAY, &enabled,
        socklen_t(MemoryLayout<Int32>.size))
      Thread.detachNewThread {
        self.serve(connection)
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      let now = ContinuousClock.now
      received += buffer[..<count]
      guard let length = Self.requestLength(received), received.count >= length else { continue }
      let answer = answer(to: String(decoding: received[..<length], as: UTF8.self), now)
      received.removeFirst(length)
      let sent = answer.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent == answer.count else { return }
    }
  }

  /// Head and body; nil as long as the head is not whole.
  private static func requestLength(_ bytes: [UInt8]) -> Int? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let gap = text.range(of: "\r\n\r\n") else { return nil }
    let head = text[..<gap.upperBound]
    let body = head.lowercased().components(separatedBy: "\r\n")
      .first { $0.hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
    return head.utf8.count + (body ?? 0)
  }

  private func answer(to request: String, _ now: ContinuousClock.Instant) -> [UInt8] {
    let operation = Self.operation(in: request)
    let (status, body): (String, String)
    if let operation {
      let action = operation.split(separator: ".").dropLast(2).joined(separator: ".")
      arrivals.withLock { $0[action] = $0[action] ?? now }
      status = "200 OK"
      body =
        #"{"request_id":"bench","data":{"succeeded":1,"failed":0,"failures":[],"email_id":"\#(operation)"}}"#
    } else {
      status = "404 Not Found"
      body =
        #"{"request_id":"bench","data":{"error":"no such endpoint","error_code":"E_ApiResponseCodes.ENDPOINT_NOT_FOUND"}}"#
    }
    return Array(
      """
      HTTP/1.1 \(status)\r\nContent-Type: application/json\r\n\
      Content-Length: \(body.utf8.count)\r\n\r\n\(body)
      """.utf8)
  }

  /// The operation's id, as the message's header of our own carries it.
  private static func operation(in request: String) -> Substring? {
    guard let name = request.range(of: "X-AIOM-Operation"),
      let word = request[name.upperBound...].range(of: #""value":""#)
    else { return nil }
    return request[word.upperBound...].prefix { $0 != "\"" && $0 != "@" }
  }
}

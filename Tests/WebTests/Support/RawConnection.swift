import Foundation

/// A client that sends exactly the bytes it is told, over a blocking socket on a thread of its own.
final class RawConnection: Sendable {
  private let descriptor: Int32

  struct Refused: Error { let code: Int32 }

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // Long enough that only a server which never answers runs into it.
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw Refused(code: code)
    }
  }

  deinit { Glibc.close(descriptor) }

  /// - Returns: false when the peer does not take it any more.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let rest = bytes[sent...]
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Ends the sending side only.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything until the server closes.
  func readToEnd() async -> String {
    await offThread {
      var bytes: [UInt8] = []
      while let chunk = self.receive() { bytes += chunk }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// One answer with a `content-length`, on a connection that stays open.
  func readAnswer() async -> RawAnswer {
    await offThread {
      var bytes: [UInt8] = []
      while true {
        if let answer = RawAnswer(bytes) { return answer }
        guard let chunk = self.receive() else { return RawAnswer.ended }
        bytes += chunk
      }
    }
  }

  /// What comes next; nil at the end.
  func readSome() async -> [UInt8]? { await offThread { self.receive() } }

  private func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// Dispatch's few threads also run Swift's tasks, the server's among them: a client that blocks
  /// one of them would wait for itself.
  private func offThread<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }
}

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
  let status: Int
  /// Names in lower case.
  let fields: [String: String]
  let body: String

  static let ended = RawAnswer(status: 0, fields: [:], body: "")

  private init(status: Int, fields: [String: String], body: String) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// Nil as long as something is missing. An answer without a length has no body.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let gap = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<gap.lowerBound].components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      fields[line[..<colon].lowercased()] = value
    }
    let body = String(text[gap.upperBound...])
    if let length = fields["content-length"].flatMap({ Int($0) }), body.utf8.count < length {
      return nil
    }
    self.init(status: status, fields: fields, body: body)
  }
}

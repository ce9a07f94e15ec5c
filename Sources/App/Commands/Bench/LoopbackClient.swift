import Foundation
import Glibc

/// A blocking connection to this machine that asks and reads one answer at a time.
final class LoopbackClient {
  struct Answer {
    var status: Int
    /// Bytes of the body.
    var size: Int
  }

  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 262_144)

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
    guard result == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// - Returns: nil when the connection ended first.
  func answer(to request: [UInt8]) -> Answer? {
    let sent = request.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard sent == request.count else { return nil }
    var head: Head?
    var bytes: [UInt8] = []
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      head = head ?? Head(bytes)
      if let head, bytes.count - head.size >= head.length {
        return Answer(status: head.status, size: head.length)
      }
    }
  }

  /// The head of an answer that says how long it is.
  private struct Head {
    let status: Int
    let size: Int
    let length: Int

    /// Nil as long as it is not whole.
    init?(_ bytes: [UInt8]) {
      let end = Array("\r\n\r\n".utf8)
      guard let gap = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
        return nil
      }
      let lines = String(decoding: bytes[..<gap], as: UTF8.self).lowercased()
        .components(separatedBy: "\r\n")
      size = gap + end.count
      length =
        lines.first { $0.hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
      status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
  }
}

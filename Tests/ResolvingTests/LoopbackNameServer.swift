import Foundation
import Glibc
import Resolving
import Synchronization

/// A name server on loopback that answers each question as it is told, over UDP and TCP.
final class LoopbackNameServer: Sendable {
  /// What it does with a question, which comes and goes without the length that TCP puts before it.
  typealias Script = @Sendable (_ question: [UInt8], _ isTCP: Bool) -> [UInt8]?

  let port: UInt16
  private let sockets: [Int32]
  private let asked = Mutex(0)

  struct Unusable: Error {}

  init(_ script: @escaping Script) throws {
    (sockets, port) = try Self.bound()
    let (udp, tcp) = (sockets[0], sockets[1])
    Thread { [self] in serveUDP(udp, script) }.start()
    Thread { [self] in serveTCP(tcp, script) }.start()
  }

  var questions: Int { asked.withLock { $0 } }

  /// Waits for as long as a machine may stall.
  func resolver() -> TXTResolver {
    TXTResolver(
      timeoutSeconds: 60, attempts: 1, limitSeconds: 120,
      server: TXTResolver.Server(address: "127.0.0.1", port: port))
  }

  func close() {
    // Wakes the threads, which close them.
    for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  private func serveUDP(_ socket: Int32, _ script: Script) {
    defer { Glibc.close(socket) }
    while true {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var from = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let count = withUnsafeMutablePointer(to: &from) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          recvfrom(socket, &buffer, buffer.count, 0, $0, &length)
        }
      }
      guard count > 0 else { return }
      asked.withLock { $0 += 1 }
      guard let reply = script(Array(buffer[..<count]), false) else { continue }
      withUnsafePointer(to: &from) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = sendto(socket, reply, reply.count, 0, $0, length)
        }
      }
    }
  }

  private func serveTCP(_ listener: Int32, _ script: Script) {
    defer { Glibc.close(listener) }
    while true {
      let socket = accept(listener, nil, nil)
      guard socket >= 0 else { return }
      defer { Glibc.close(socket) }
      var buffer = [UInt8](repeating: 0, count: 4096)
      var question: [UInt8] = []
      while question.count < 2 || question.count < 2 + Int(question[0]) << 8 + Int(question[1]) {
        let count = read(socket, &buffer, buffer.count)
        guard count > 0 else { break }
        question += buffer[..<count]
      }
      guard question.count > 2, let reply = script(Array(question.dropFirst(2)), true) else {
        continue
      }
      let framed = [UInt8(reply.count >> 8), UInt8(reply.count & 255)] + reply
      _ = send(socket, framed, framed.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// Both sockets on one free port.
  private static func bound() throws -> ([Int32], UInt16) {
    for _ in 0..<50 {
      let udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
      let tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      if let port = bind(udp, 0), bind(tcp, port) != nil, listen(tcp, 8) == 0 {
        return ([udp, tcp], port)
      }
      Glibc.close(udp)
      Glibc.close(tcp)
    }
    throw Unusable()
  }

  private static func bind(_ socket: Int32, _ port: UInt16) -> UInt16? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = port.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      } ? UInt16(bigEndian: pointer.pointee.sin_port) : nil
    }
  }
}

/// Answers, octet by octet.
enum Reply {
  static func header(
    _ question: [UInt8], code: UInt8 = 0, isTruncated: Bool = false, answers: Int = 0
  ) -> [UInt8] {
    [
      question[0], question[1], isTruncated ? 0x87 : 0x85, 0x80 | code, 0, 1,
      UInt8(answers >> 8), UInt8(answers & 255), 0, 0, 0, 0,
    ] + questionSection(question)
  }

  /// Name, type and class, without what follows (EDNS).
  static func questionSection(_ question: [UInt8]) -> [UInt8] {
    var end = 12
    while question[end] != 0 { end += Int(question[end]) + 1 }
    return Array(question[12..<end + 5])
  }

  /// A record of the name that was asked for.
  static func record(type: UInt8, _ data: [UInt8], owner: [UInt8] = [0xC0, 12]) -> [UInt8] {
    owner + [0, type, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 255)] + data
  }

  /// A TXT record of strings.
  static func text(_ strings: String..., owner: [UInt8] = [0xC0, 12]) -> [UInt8] {
    record(
      type: 16, strings.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }, owner: owner)
  }

  static func answer(_ question: [UInt8], _ records: [UInt8]...) -> [UInt8] {
    header(question, answers: records.count) + records.flatMap { $0 }
  }

  static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }
}

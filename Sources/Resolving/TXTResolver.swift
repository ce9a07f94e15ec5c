import CResolver
import Foundation
import Glibc
import Synchronization

/// Looks up TXT records through the machine's resolver.
///
/// libresolv blocks, so each question has a thread of its own and never one of Swift's. The answer comes
/// after ``limitSeconds`` at the latest, whatever the name servers do; a thread that still hangs in one
/// ends by itself.
public struct TXTResolver: Sendable {
  /// What came of a question.
  public enum Answer: Hashable, Sendable {
    /// The text of each record, its strings joined as RFC 7208 section 3.3 has it. May be empty.
    case records([String])
    /// The name does not exist, or has no TXT record.
    case absent
    /// No name server answered, or with an error, or with what cannot be read.
    case failed
  }

  /// A name server to ask instead of the machine's own.
  public struct Server: Hashable, Sendable {
    /// IPv4, `127.0.0.1`.
    public var address: String
    public var port: UInt16

    public init(address: String, port: UInt16) {
      self.address = address
      self.port = port
    }
  }

  /// How long to wait for one answer of one name server.
  public var timeoutSeconds: Int
  /// How often to ask, at least 1.
  public var attempts: Int
  /// How long to wait in all.
  public var limitSeconds: Double
  public var server: Server?

  public init(
    timeoutSeconds: Int = 3, attempts: Int = 2, limitSeconds: Double = 8, server: Server? = nil
  ) {
    self.timeoutSeconds = timeoutSeconds
    self.attempts = attempts
    self.limitSeconds = limitSeconds
    self.server = server
  }

  /// The TXT records of a name, in ASCII, asked as it stands: no search list is added.
  public func answer(for name: String) async -> Answer {
    await withCheckedContinuation { continuation in
      let waiting = Thread { continuation.resume(returning: wait(for: name)) }
      waiting.name = "aiom-dns-wait"
      waiting.start()
    }
  }

  private func wait(for name: String) -> Answer {
    let slot = Slot()
    let asking = Thread { slot.fill(ask(name)) }
    asking.name = "aiom-dns"
    asking.start()
    return slot.value(until: Date(timeIntervalSinceNow: limitSeconds)) ?? .failed
  }

  private func ask(_ name: String) -> Answer {
    var address = in_addr()
    if let server, inet_pton(AF_INET, server.address, &address) != 1 { return .failed }
    var error: Int32 = 0
    // No DNS message is longer.
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let length = aiom_txt_query(
      name, Int32(timeoutSeconds), Int32(attempts), address.s_addr, server?.port ?? 0, &buffer,
      Int32(buffer.count), &error)
    guard length >= 0 else {
      return error == HOST_NOT_FOUND || error == NO_DATA ? .absent : .failed
    }
    return TXTMessage(buffer[..<Int(length)]).answer(for: name)
  }
}

/// Hands one answer from a thread to the one that waits.
private final class Slot: Sendable {
  private let condition = NSCondition()
  private let answer = Mutex<TXTResolver.Answer?>(nil)

  func fill(_ value: TXTResolver.Answer) {
    condition.lock()
    answer.withLock { $0 = value }
    condition.signal()
    condition.unlock()
  }

  func value(until limit: Date) -> TXTResolver.Answer? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let value = answer.withLock({ $0 }) { return value }
      if !condition.wait(until: limit) { return answer.withLock { $0 } }
    }
  }
}

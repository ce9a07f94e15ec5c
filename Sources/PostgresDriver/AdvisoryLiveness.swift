import Decisions
import Engine
import Foundation
import Glibc
import Store
import Synchronization

/// Liveness by locks of a session: the server frees them when the connection ends, however it ends.
///
/// Leases stand in the database's time, which all hosts share. A free lock alone proves nothing here,
/// because a connection can break while its process goes on: whoever lost it knows at once
/// (``isHeld(_:)``) and begins no call until it holds its lock and its lease again.
public final class AdvisoryLiveness: LivenessPort {
  public let kernelBoot: String
  /// Whose watched connection holds the locks.
  private let database: PostgresDatabase
  /// The boot that was begun here last, with its lock's name: it is asked for at each call.
  private let own = Mutex<(boot: BootID, name: String)?>(nil)
  private var attendant: Attendant { database.attendant }

  public init(_ database: PostgresDatabase) {
    self.database = database
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    kernelBoot = boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
  }

  public var leaseClock: LeaseClock { .database }

  public func monotonicNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  public func hold(_ boot: BootID) async throws {
    let name = Self.name(boot)
    try await attendant.hold(name)
    own.withLock { $0 = (boot, name) }
  }

  /// What cannot be given back now is free when the process ends.
  public func release(_ boot: BootID) async { try? await attendant.release(Self.name(boot)) }

  /// A server that cannot be asked proves nothing.
  public func isFree(_ boot: BootID) async -> Bool {
    (try? await attendant.isFree(Self.name(boot))) ?? false
  }

  public func isHeld(_ boot: BootID) -> Bool {
    let known = own.withLock { $0?.boot == boot ? $0?.name : nil }
    return attendant.holds(known ?? Self.name(boot))
  }

  public var losses: Int { database.losses.count }

  /// Boot ids are hexadecimal; anything else in one would not be ours.
  private static func name(_ boot: BootID) -> String {
    "aiom.boot." + boot.rawValue.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }
}

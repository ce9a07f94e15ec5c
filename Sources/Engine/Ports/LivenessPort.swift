import Decisions

/// The lock by which others see that a process lives.
public protocol LivenessPort: Sendable {
  /// The running kernel's boot id.
  var kernelBoot: String { get }

  /// Which clock the leases of this store are written in.
  var leaseClock: LeaseClock { get }

  /// Milliseconds of this machine's clock that never goes back and counts sleep.
  func monotonicNow() -> Int64

  /// Takes the lock of a new boot for as long as the process lives.
  /// - Throws: a store error where the lock cannot be had; the boot must not begin then.
  func hold(_ boot: BootID) async throws

  /// Gives the lock back. Never waits for a store that does not answer.
  func release(_ boot: BootID) async

  /// Whether nobody holds a boot's lock. False where that cannot be told.
  func isFree(_ boot: BootID) async -> Bool

  /// Whether this process still holds its own boot's lock, as far as it knows without asking anybody.
  ///
  /// A lock that lives in a connection can be lost while the process goes on; from then on no call may
  /// begin until it is held again.
  func isHeld(_ boot: BootID) -> Bool

  /// How often this process lost its locks, or found another server in the place of the one it knew.
  var losses: Int { get }
}

/// Which clock a lease's end is read on.
public enum LeaseClock: Sendable {
  /// The kernel's monotonic clock: all processes are on one machine.
  case kernel
  /// The database's time: processes are on several machines, whose clocks may differ.
  case database
}

extension LivenessPort {
  public var leaseClock: LeaseClock { .kernel }

  public var losses: Int { 0 }

  /// A lock that only the kernel can take away, with the process itself.
  public func isHeld(_ boot: BootID) -> Bool { true }
}

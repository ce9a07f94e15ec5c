import Decisions
import Engine
import Foundation
import Glibc
import Store
import Synchronization

/// Liveness by locked files beside the database: the kernel frees a lock when its process ends,
/// however it ends.
public final class FlockLiveness: LivenessPort {
  public let kernelBoot: String
  private let folder: String
  private let held = Mutex<[BootID: Int32]>([:])

  /// - Parameter databasePath: the locks lie in `<path>.boots` beside the file itself, whatever links
  ///   the path goes through: processes that name one database differently share them.
  public init(databasePath: String) throws {
    folder = Self.realPath(databasePath) + ".boots"
    let made = mkdir(folder, 0o700)
    guard made == 0 || errno == EEXIST else {
      throw StoreError(code: "not_writable", detail: "cannot create the folder of boot locks")
    }
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    kernelBoot = boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
  }

  public func monotonicNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  public func hold(_ boot: BootID) throws {
    let descriptor = open(path(boot), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError(code: "not_writable", detail: "cannot create the lock of a new boot")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError(code: "busy", detail: "the lock of a new boot could not be taken")
    }
    held.withLock { $0[boot] = descriptor }
  }

  public func release(_ boot: BootID) {
    guard let descriptor = held.withLock({ $0.removeValue(forKey: boot) }) else { return }
    unlink(path(boot))
    // A program that is being started holds a copy of the descriptor for a moment, and its lock with it.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  public func isFree(_ boot: BootID) -> Bool {
    if held.withLock({ $0[boot] != nil }) { return false }
    let descriptor = open(path(boot), O_RDWR | O_CLOEXEC)
    // No file: its process removed it at its end, or never came so far as to write anything.
    guard descriptor >= 0 else { return errno == ENOENT }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
    flock(descriptor, LOCK_UN)
    return true
  }

  /// Whether any process holds a boot on a database.
  public static func isAnyHeld(databasePath: String) -> Bool {
    let folder = realPath(databasePath) + ".boots"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      let descriptor = open("\(folder)/\(name)", O_RDWR | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return true }
      flock(descriptor, LOCK_UN)
      return false
    }
  }

  /// The path without links; of a file that is not there yet, its folder's.
  static func realPath(_ path: String) -> String {
    if let real = resolved(path) { return real }
    guard let slash = path.lastIndex(of: "/") else {
      return resolved(".").map { $0 + "/" + path } ?? path
    }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return resolved(folder).map { $0 + path[slash...] } ?? path
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private func path(_ boot: BootID) -> String { "\(folder)/\(boot.rawValue).lock" }
}

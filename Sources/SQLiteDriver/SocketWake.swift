@preconcurrency import Dispatch
import Engine
import Foundation
import Glibc
import Store
import Synchronization

/// Wakes the processes on one file by datagrams on sockets beside it. A hint: polling is the truth.
///
/// Whoever listens has a socket of its own in `<path>.wake`; whoever rings sends one byte to each. A
/// socket whose process is gone refuses, and is removed by the next ring.
public final class SocketWake: WakePort {
  private let folder: String

  /// - Parameter databasePath: the sockets lie beside the file itself, whatever links the path goes
  ///   through.
  public init(databasePath: String) throws {
    folder = FlockLiveness.realPath(databasePath) + ".wake"
    let made = mkdir(folder, 0o700)
    guard made == 0 || errno == EEXIST else {
      throw StoreError(code: "not_writable", detail: "cannot create the folder of wake-up sockets")
    }
  }

  public func ring() async {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), !names.isEmpty,
      let place = SocketFolder(folder)
    else { return }
    let sender = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard sender >= 0 else { return }
    defer { close(sender) }
    for name in names {
      var byte: UInt8 = 1
      let sent = place.withAddress(name) {
        sendto(sender, &byte, 1, Int32(MSG_DONTWAIT), $0, $1)
      }
      // A full socket has a wake-up waiting already.
      if sent < 0, errno == ECONNREFUSED { unlink("\(folder)/\(name)") }
    }
  }

  public func listen(_ heard: @escaping @Sendable () -> Void) -> WakeListening {
    let name = "\(getpid())-\(UUID().uuidString.prefix(8)).sock"
    let path = "\(folder)/\(name)"
    guard let descriptor = bound(name) else { return WakeListening {} }
    let source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "aiom.sqlite.wake"))
    source.setEventHandler {
      var bytes = [UInt8](repeating: 0, count: 64)
      while recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT)) > 0 {}
      heard()
    }
    source.setCancelHandler {
      unlink(path)
      close(descriptor)
    }
    source.resume()
    return WakeListening { source.cancel() }
  }

  /// A socket under the name; nil where there can be none, and then nobody is woken.
  private func bound(_ name: String) -> Int32? {
    guard let place = SocketFolder(folder) else { return nil }
    let made = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard made >= 0 else { return nil }
    guard place.withAddress(name, { bind(made, $0, $1) }) == 0 else {
      close(made)
      return nil
    }
    chmod("\(folder)/\(name)", 0o600)
    return made
  }
}

/// A folder whose sockets are addressed through a descriptor: a socket's path may have 107 bytes, a
/// database's may be longer.
private struct SocketFolder: ~Copyable {
  private let descriptor: Int32

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  func withAddress<Value>(
    _ name: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
  ) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = "/proc/self/fd/\(descriptor)/\(name)"
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      place.copyBytes(from: path.utf8.prefix(place.count - 1))
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

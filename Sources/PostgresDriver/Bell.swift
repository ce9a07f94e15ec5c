import Glibc
import Store

/// Wakes a thread that waits for a connection.
final class Bell: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw StoreError(code: "io", detail: "no descriptors left for a connection")
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// Wakes the one who waits, or who will wait next.
  func ring() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Waits for a ring, for something to read at `descriptor`, or until the time is over.
  func wait(with descriptor: Int32?, milliseconds: Int32) {
    var watched = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
    if let descriptor {
      watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    _ = poll(&watched, nfds_t(watched.count), milliseconds)
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reading, &bytes, bytes.count) == bytes.count {}
  }
}

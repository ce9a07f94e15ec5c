#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process's three streams, written without a buffer so that order and exits lose nothing.
enum StandardStream: Int32, Sendable {
  case input = 0
  case output = 1
  case error = 2

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of the text. A reader that went away is no error of ours: the rest is dropped.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Self.put(rawValue, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  private static func put(_ file: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, base, count)
    #elseif canImport(Musl)
      Musl.write(file, base, count)
    #else
      Darwin.write(file, base, count)
    #endif
  }

  /// Columns of the terminal, or 100 where the stream is none.
  var columns: Int {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
    return Int(size.ws_col)
  }
}

/// Who runs the program, by the operating system's own account, not by a variable.
enum LocalUser {
  static var login: String {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else {
      return "uid\(geteuid())"
    }
    return String(cString: name)
  }
}

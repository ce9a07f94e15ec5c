import Foundation

/// The state file: one JSON document per line, appended to while the sandbox runs.
///
/// A line is handed to the kernel in one write before the answer goes out, so a killed sandbox
/// forgets nothing that it acknowledged. A line that a kill cut short has no newline yet; it was never
/// acknowledged, and opening the file removes it. When what was forgotten outweighs what is left, the
/// file is written anew beside itself and takes its own place.
struct StateJournal {
  private var file: FileHandle
  private let path: String
  private let synchronizes: Bool
  /// The bytes of complete lines.
  private var length: UInt64

  /// Opens or creates the file, takes its lock, and reads what it holds line by line.
  static func open(
    _ path: String, synchronizes: Bool, read: (StateRecord) -> Void
  ) throws -> StateJournal {
    let file = try locked(path)
    let length = try Self.read(file, read)
    return StateJournal(file: file, path: path, synchronizes: synchronizes, length: length)
  }

  private static func locked(_ path: String) throws -> FileHandle {
    let descriptor = path.withCString { Foundation.open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw SandboxError("state_file_unreadable") }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isAt(path, descriptor) else {
      throw SandboxError("state_file_in_use")
    }
    return file
  }

  /// Whether the open file is still the one under its name: another sandbox may have replaced it
  /// between the opening and the lock.
  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }

  /// Leaves the file at its end.
  private static func read(
    _ file: FileHandle, _ read: (StateRecord) -> Void
  ) throws -> UInt64 {
    var rest = Data()
    var line = 0
    var complete: UInt64 = 0
    while let chunk = try file.read(upToCount: 4 * 1024 * 1024), !chunk.isEmpty {
      rest.append(chunk)
      while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += 1
        guard let json = try? JSONReader.parse(rest[..<newline]),
          let record = StateRecord(json: json)
        else { throw SandboxError("state_file_damaged", line: line) }
        read(record)
        complete += UInt64(newline - rest.startIndex + 1)
        rest = rest[(newline + 1)...]
      }
      rest = Data(rest)
    }
    if !rest.isEmpty { try file.truncate(atOffset: complete) }
    try file.seek(toOffset: complete)
    return complete
  }

  /// Lets another sandbox have the file. Closing alone would not at once: a program that is being
  /// started elsewhere in the process holds a copy of every open file for a moment.
  func release() { flock(file.fileDescriptor, LOCK_UN) }

  /// Adds one line, or nothing at all.
  mutating func append(_ line: Data) throws {
    do {
      try file.write(contentsOf: line)
      if synchronizes { try file.synchronize() }
    } catch {
      try file.truncate(atOffset: length)
      throw error
    }
    length += UInt64(line.count)
  }

  /// Puts a new content in the file's place: all of it, or nothing.
  mutating func replace(with records: [StateRecord]) throws {
    let temporary = path + ".new"
    try? FileManager.default.removeItem(atPath: temporary)
    let new = try Self.locked(temporary)
    var written: UInt64 = 0
    for record in records {
      let line = record.line
      try new.write(contentsOf: line)
      written += UInt64(line.count)
    }
    try new.synchronize()
    guard rename(temporary, path) == 0 else { throw SandboxError("state_file_unreadable") }
    file = new
    length = written
  }
}

import Foundation

/// The state file: one JSON document per line, only ever appended to.
///
/// A line is handed to the kernel in one write before the answer goes out, so a killed sandbox
/// forgets nothing that it acknowledged. A line that a kill cut short has no newline yet; it was never
/// acknowledged, and opening the file removes it.
struct StateJournal {
  /// What a line says.
  enum Record {
    case email(SandboxMessage)
    case sms([SandboxSMS])
    case cleared

    var json: JSONValue {
      switch self {
      case .email(let message): ["kind": "email", "email": message.json()]
      case .sms(let messages): ["kind": "sms", "sms": .array(messages.map { $0.json() })]
      case .cleared: ["kind": "cleared"]
      }
    }

    init?(json: JSONValue) {
      switch json["kind"]?.string {
      case "email":
        guard let email = json["email"].flatMap(SandboxMessage.init(json:)) else { return nil }
        self = .email(email)
      case "sms":
        guard let items = json["sms"]?.array else { return nil }
        let messages = items.compactMap(SandboxSMS.init(json:))
        guard messages.count == items.count else { return nil }
        self = .sms(messages)
      case "cleared": self = .cleared
      default: return nil
      }
    }

    /// The line with its newline.
    var line: Data {
      var bytes = json.encoded
      bytes.append(UInt8(ascii: "\n"))
      return Data(bytes)
    }
  }

  private let file: FileHandle
  private let synchronizes: Bool
  /// The bytes of complete lines.
  private var length: UInt64

  /// Opens or creates the file, takes its lock, and reads what it holds.
  static func open(
    _ path: String, synchronizes: Bool
  ) throws -> (journal: StateJournal, records: [Record]) {
    let descriptor = path.withCString { Foundation.open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw SandboxError("state_file_unreadable") }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw SandboxError("state_file_in_use")
    }
    let records = try read(file)
    let length = try file.offset()
    return (StateJournal(file: file, synchronizes: synchronizes, length: length), records)
  }

  /// Leaves the file at its end.
  private static func read(_ file: FileHandle) throws -> [Record] {
    let content = try file.readToEnd() ?? Data()
    let complete = content.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if complete < content.count { try file.truncate(atOffset: UInt64(complete)) }
    try file.seek(toOffset: UInt64(complete))
    let lines = content[..<complete].split(separator: UInt8(ascii: "\n"))
    return try lines.enumerated().map { number, line in
      guard let json = try? JSONReader.parse(line), let record = Record(json: json) else {
        throw SandboxError("state_file_damaged", line: number + 1)
      }
      return record
    }
  }

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
}

/// As much of CBOR (RFC 8949) as passkeys send: definite lengths, whole numbers of 63 bits, no tags and
/// no floats.
public indirect enum CBORValue: Hashable, Sendable {
  case integer(Int64)
  case bytes([UInt8])
  case text(String)
  case array([CBORValue])
  case map([CBORValue: CBORValue])
  case bool(Bool)
  case null

  /// How deep values lie in each other at most.
  private static let deepest = 6

  /// Reads one value from the beginning.
  /// - Returns: the value and how many bytes it took; nil for anything else, also for a map with the
  ///   same key twice.
  public static func read(_ bytes: [UInt8]) -> (value: CBORValue, length: Int)? {
    var reader = Reader(bytes: bytes)
    return reader.value(depth: 0).map { ($0, reader.position) }
  }

  public subscript(key: CBORValue) -> CBORValue? {
    if case .map(let members) = self { members[key] } else { nil }
  }

  public var bytesValue: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
  public var integerValue: Int64? { if case .integer(let number) = self { number } else { nil } }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func value(depth: Int) -> CBORValue? {
      guard depth <= CBORValue.deepest, let head = byte() else { return nil }
      let kind = head >> 5
      if kind == 7 { return simple(head & 31) }
      guard let number = number(head & 31) else { return nil }
      switch kind {
      case 0: return .integer(number)
      case 1: return .integer(-1 - number)
      case 2: return take(number).map { .bytes($0) }
      case 3:
        return take(number).flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) }
      case 4: return array(number, depth)
      case 5: return map(number, depth)
      default: return nil
      }
    }

    private mutating func array(_ count: Int64, _ depth: Int) -> CBORValue? {
      guard count <= bytes.count - position else { return nil }
      var values: [CBORValue] = []
      for _ in 0..<count {
        guard let value = value(depth: depth + 1) else { return nil }
        values.append(value)
      }
      return .array(values)
    }

    private mutating func map(_ count: Int64, _ depth: Int) -> CBORValue? {
      guard count <= bytes.count - position else { return nil }
      var members: [CBORValue: CBORValue] = [:]
      for _ in 0..<count {
        guard let key = value(depth: depth + 1), let value = value(depth: depth + 1),
          members.updateValue(value, forKey: key) == nil
        else { return nil }
      }
      return .map(members)
    }

    private func simple(_ low: UInt8) -> CBORValue? {
      switch low {
      case 20: .bool(false)
      case 21: .bool(true)
      case 22: .null
      default: nil
      }
    }

    /// The number of a head: in it, or in the next 1, 2, 4 or 8 bytes.
    private mutating func number(_ low: UInt8) -> Int64? {
      guard low > 23 else { return Int64(low) }
      guard low <= 27, let parts = take(1 << (low - 24)) else { return nil }
      let number = parts.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int64(exactly: number)
    }

    private mutating func byte() -> UInt8? { take(1)?.first }

    private mutating func take(_ count: Int64) -> [UInt8]? {
      guard count >= 0, count <= bytes.count - position else { return nil }
      defer { position += Int(count) }
      return Array(bytes[position..<position + Int(count)])
    }
  }
}

import Foundation

/// The fields of a form as a browser sends them (application/x-www-form-urlencoded).
struct FormFields: Sendable {
  private let values: [String: [String]]

  init(_ body: [UInt8]) {
    var values: [String: [String]] = [:]
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]) else { continue }
      guard let value = parts.count > 1 ? Self.decoded(parts[1]) : "" else { continue }
      values[name, default: []].append(value)
    }
    self.values = values
  }

  /// The first of the name; empty where there is none.
  subscript(name: String) -> String { values[name]?.first ?? "" }

  /// Each of the name, as a choice of several sends them.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// Nil where the bytes are no UTF-8.
  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        bytes.append(0x20)
      } else if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = digit(rest[rest.startIndex]), let low = digit(rest[rest.startIndex + 1])
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}

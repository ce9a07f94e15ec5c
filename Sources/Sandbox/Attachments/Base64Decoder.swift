/// Decodes base64 (RFC 4648, padding required, line breaks allowed) piece by piece.
struct Base64Decoder {
  private var bits: UInt32 = 0
  private var digits = 0
  private var padding = 0
  private(set) var isInvalid = false

  /// -1 for what is no digit.
  private static let values: [Int8] = {
    var values = [Int8](repeating: -1, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = Int8(value) }
    return values
  }()

  /// Whether the digits so far end where base64 may end.
  var isComplete: Bool {
    !isInvalid && padding <= 2 && digits % 4 != 1 && (digits + padding) % 4 == 0
  }

  /// Appends what `input` decodes to.
  mutating func decode(_ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    output.reserveCapacity(output.count + input.count * 3 / 4 + 3)
    Self.values.withUnsafeBufferPointer { values in
      for index in 0..<input.count {
        let value = values[Int(input[index])]
        guard value >= 0, padding == 0 else {
          other(input[index])
          continue
        }
        bits = bits << 6 | UInt32(value)
        digits += 1
        switch digits & 3 {
        case 0: output.append(UInt8(truncatingIfNeeded: bits))
        case 2: output.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3: output.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: break
        }
      }
    }
  }

  private mutating func other(_ byte: UInt8) {
    if byte == UInt8(ascii: "=") {
      padding += 1
    } else if byte != 0x0D && byte != 0x0A {
      isInvalid = true
    }
  }

  /// The bytes of a whole text; `nil` when it is not base64.
  static func bytes(of text: String) -> [UInt8]? {
    var decoder = Base64Decoder()
    var output: [UInt8] = []
    var text = text
    text.withUTF8 { decoder.decode($0, into: &output) }
    return decoder.isComplete ? output : nil
  }
}

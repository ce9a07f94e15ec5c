/// Which bytes may stand where in an address, as bit tables: one test per byte, no sets.
enum ASCIIByte {
  /// `atext` of RFC 5322 section 3.2.3: letters, digits and !#$%&'*+-/=?^_`{|}~
  static func isAtomText(_ byte: UInt8) -> Bool {
    isMember(byte, 0xA3FF_ACFA_0000_0000, 0x7FFF_FFFF_C7FF_FFFE)
  }

  /// Letters, digits and the hyphen.
  static func isHostText(_ byte: UInt8) -> Bool {
    isMember(byte, 0x03FF_2000_0000_0000, 0x07FF_FFFE_07FF_FFFE)
  }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  static func isUpperLetter(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  private static func isMember(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
    byte < 0x40 ? low >> UInt64(byte) & 1 != 0 : byte < 0x80 && high >> UInt64(byte & 63) & 1 != 0
  }
}

/// The common case of a domain, an ASCII name without special labels, judged in one pass.
enum HostBytes {
  enum Verdict {
    /// Sound and in lower case as it stands.
    case lower
    /// Sound; its capitals become small letters.
    case upper
    /// Not judged here: international labels, and whatever breaks a rule.
    case special
  }

  static func judge(_ bytes: some Collection<UInt8>) -> Verdict {
    let (dot, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
    var (length, total, labels) = (0, 0, 1)
    var previous = dot
    var third: UInt8 = 0
    var hasCapitals = false
    for byte in bytes {
      total += 1
      if byte == dot {
        if length == 0 || previous == hyphen { return .special }
        labels += 1
        length = 0
      } else {
        guard ASCIIByte.isHostText(byte) else { return .special }
        length += 1
        if byte == hyphen, length == 1 || length == 4 && third == hyphen { return .special }
        if length == 3 { third = byte }
        if length > DomainName.maximumLabelLength { return .special }
        if ASCIIByte.isUpperLetter(byte) { hasCapitals = true }
      }
      previous = byte
    }
    guard labels >= 2, total <= DomainName.maximumLength, ASCIIByte.isLetter(previous) else {
      return .special
    }
    return hasCapitals ? .upper : .lower
  }
}

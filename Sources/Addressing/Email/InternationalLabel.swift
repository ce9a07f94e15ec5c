/// The rules of IDNA 2008 (RFC 5891 to 5893) for one label, after mapping.
///
/// Narrower than the standard in one point: the invisible joiners are refused in every place,
/// because names that differ in nothing visible are a way to deceive.
enum InternationalLabel {
  static func isValid(_ label: String) -> Bool {
    let scalars = Array(label.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last else { return false }
    if first == "-" || last == "-" || isMark(first) { return false }
    if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" { return false }
    return scalars.indices.allSatisfy { isAllowed(scalars, at: $0) }
      && !mixesArabicDigits(scalars) && keepsBidiRule(scalars)
  }

  private static func isAllowed(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let scalar = scalars[index]
    switch scalar.value {
    case 0x2D, 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x13A0...0x13F5, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    case 0x20D0...0x20FF, 0x1D100...0x1D24F: return false
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return false
    case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB:
      return isAllowedInContext(scalars, at: index)
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return false }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      return true
    default: return false
    }
  }

  /// The CONTEXTO rules of RFC 5892 appendix A.
  private static func isAllowedInContext(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalars[index].value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { (0x370...0x3FF).contains($0.value) } ?? false
    case 0x5F3, 0x5F4: return before.map { (0x590...0x5FF).contains($0.value) } ?? false
    default: return scalars.contains(where: isJapanese)
    }
  }

  private static func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func mixesArabicDigits(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.contains { (0x660...0x669).contains($0.value) }
      && scalars.contains { (0x6F0...0x6F9).contains($0.value) }
  }

  /// RFC 5893 section 2: a label with right-to-left letters holds no others and starts with one.
  private static func keepsBidiRule(_ scalars: [Unicode.Scalar]) -> Bool {
    let arabic = scalars.contains {
      (0x660...0x669).contains($0.value) || (0x10D30...0x10D39).contains($0.value)
    }
    guard arabic || scalars.contains(where: isRightToLeft) else { return true }
    guard let first = scalars.first, isRightToLeft(first) else { return false }
    let european = scalars.contains { (0x30...0x39).contains($0.value) }
    if arabic && european { return false }
    return scalars.allSatisfy {
      isRightToLeft($0) || $0.properties.generalCategory == .nonspacingMark || isSharedDigit($0)
        || $0 == "-"
    }
  }

  private static func isSharedDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x660...0x669, 0x6F0...0x6F9, 0x10D30...0x10D39: true
    default: false
    }
  }

  /// By block: letters, digits of those scripts and signs; not marks, and not the digits that
  /// Arabic shares with its neighbours.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    if isMark(scalar) || isSharedDigit(scalar) { return false }
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return true
    default: return false
    }
  }
}

/// Reads phone numbers as people write them.
enum PhoneReader {
  struct Reading {
    let plan: NumberingPlan
    let national: Digits
  }

  static func read(_ text: String, country: String?) throws(AddressingIssue) -> Reading {
    let typed = try typed(text)
    if typed.hasPlus { return try international(typed.digits, exact: false) }
    guard let country, !country.isEmpty else { throw .phoneCountryNeeded }
    guard let plan = CallingCodes.plan(country: country) else { throw .phoneCountryUnknown }
    if !plan.exit.isEmpty, typed.digits.hasPrefix(plan.exit) {
      let rest = typed.digits.dropFirst(plan.exit.count)
      if !rest.isEmpty, rest.leading(1) != 0 { return try international(rest, exact: false) }
    }
    return Reading(plan: plan, national: try national(typed.digits, plan))
  }

  /// Reads the digits after `+`. `exact` refuses a trunk prefix after the calling code.
  static func international(_ digits: Digits, exact: Bool) throws(AddressingIssue) -> Reading {
    guard let plan = CallingCodes.plan(of: digits) else { throw .phoneCallingCode }
    let rest = digits.dropFirst(plan.callingCode.count)
    if let national = exact ? (plan.matches(rest) ? rest : nil) : plan.national(rest) {
      return Reading(plan: plan, national: national)
    }
    throw issue(rest, plan)
  }

  /// Reads a number as dialled inside its country, with or without trunk prefix, or with the
  /// country's own calling code and no `+`.
  private static func national(
    _ digits: Digits, _ plan: NumberingPlan
  ) throws(AddressingIssue) -> Digits {
    let dialled = plan.national(digits)
    guard digits.hasPrefix(plan.callingCode) else {
      guard let dialled else { throw issue(digits, plan) }
      return dialled
    }
    let behindCode = plan.national(digits.dropFirst(plan.callingCode.count))
    guard let dialled else {
      guard let behindCode else { throw issue(digits, plan) }
      return behindCode
    }
    if behindCode != nil, !plan.isDetailed { throw .phoneAmbiguous }
    return dialled
  }

  private static func issue(_ national: Digits, _ plan: NumberingPlan) -> AddressingIssue {
    if national.count < plan.lengths.smallest { return .phoneTooShort }
    let trunk = national.hasPrefix(plan.trunk) ? plan.trunk.count : 0
    return national.count > plan.lengths.largest + trunk ? .phoneTooLong : .phonePlan
  }

  private struct Typed {
    var hasPlus = false
    var digits = Digits()
  }

  private static func typed(_ text: String) throws(AddressingIssue) -> Typed {
    var typed = Typed()
    var isStart = true
    for scalar in scalars(text) {
      if let digit = digit(scalar) {
        if typed.digits.count == Digits.capacity { throw .phoneTooLong }
        typed.digits.append(digit)
        isStart = false
      } else if isStart, scalar == "+" || scalar == "\u{FF0B}" {
        typed.hasPlus = true
        isStart = false
      } else if !isSeparator(scalar) {
        throw scalar.properties.isAlphabetic ? .phoneLetter : .phoneCharacter
      }
    }
    if typed.digits.isEmpty { throw .phoneEmpty }
    return typed
  }

  /// The text without the scheme of a `tel:` link (RFC 3966).
  private static func scalars(_ text: String) -> Substring.UnicodeScalarView {
    let isLink = text.utf8.count > 4 && text.utf8.prefix(4).elementsEqual("tel:".utf8)
    return isLink ? text.dropFirst(4).unicodeScalars : text[...].unicodeScalars
  }

  /// Decimal digits of any script, as keyboards in other scripts produce them.
  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII {
      return scalar.value >= 0x30 && scalar.value <= 0x39 ? UInt8(scalar.value - 0x30) : nil
    }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
    else { return nil }
    return UInt8(value)
  }

  /// Spaces, hyphens and dashes, dots, slashes, tildes, parentheses and brackets, full width too.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x28, 0x29, 0x2D...0x2F, 0x5B, 0x5D, 0x7E: true
    case 0xA0, 0xAD, 0x2007, 0x2009, 0x200B, 0x202F, 0x2053, 0x2060, 0x223C, 0x2010...0x2015: true
    case 0x2212, 0x3000, 0x30FC, 0xFF08, 0xFF09, 0xFF0D...0xFF0F, 0xFF3B, 0xFF3D, 0xFF5E: true
    default: false
    }
  }
}

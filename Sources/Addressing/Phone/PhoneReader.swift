/// Reads phone numbers as people write them.
enum PhoneReader {
  static func read(_ text: String, country: String?) throws(AddressingIssue) -> PhoneNumber {
    let typed = try digits(text)
    if typed.hasPlus { return try international(typed.text, exact: false) }
    guard let country else { throw .phoneCountryNeeded }
    guard let plan = NumberingPlan.of(country: country) else { throw .phoneCountryUnknown }
    for exit in plan.exitPrefixes where typed.text.hasPrefix(exit) {
      let rest = String(typed.text.dropFirst(exit.count))
      if let number = try? international(rest, exact: false) { return number }
    }
    if let national = plan.national(typed.text) {
      return PhoneNumber(callingCode: plan.callingCode, national: national)
    }
    if typed.text.hasPrefix(plan.callingCode),
      let national = plan.national(String(typed.text.dropFirst(plan.callingCode.count)))
    {
      return PhoneNumber(callingCode: plan.callingCode, national: national)
    }
    throw lengthIssue(typed.text) ?? .phonePlan
  }

  /// Reads the digits after `+`. `exact` refuses a trunk prefix after the calling code.
  static func international(_ digits: String, exact: Bool) throws(AddressingIssue) -> PhoneNumber {
    guard let code = CallingCodes.prefix(of: digits) else { throw .phoneCallingCode }
    let rest = String(digits.dropFirst(code.count))
    guard let plan = NumberingPlan.of(callingCode: code) else {
      if let issue = lengthIssue(digits) { throw issue }
      return PhoneNumber(callingCode: code, national: rest)
    }
    if plan.matches(rest) { return PhoneNumber(callingCode: code, national: rest) }
    if !exact, let national = plan.national(rest) {
      return PhoneNumber(callingCode: code, national: national)
    }
    throw lengthIssue(digits) ?? .phonePlan
  }

  private static func lengthIssue(_ digits: String) -> AddressingIssue? {
    if digits.utf8.count < 7 { return .phoneTooShort }
    return digits.utf8.count > 15 ? .phoneTooLong : nil
  }

  private struct Typed {
    var hasPlus = false
    var text = ""
  }

  private static func digits(_ text: String) throws(AddressingIssue) -> Typed {
    var typed = Typed()
    var isStart = true
    for scalar in text.unicodeScalars {
      if let digit = digit(scalar) {
        typed.text.append(digit)
        isStart = false
      } else if isStart, scalar == "+" || scalar == "\u{FF0B}" {
        typed.hasPlus = true
        isStart = false
      } else if scalar.properties.isAlphabetic {
        throw .phoneLetter
      } else if !separators.contains(scalar) {
        throw .phoneCharacter
      }
    }
    if typed.text.isEmpty { throw .phoneEmpty }
    return typed
  }

  /// Decimal digits of any script, as keyboards in other scripts produce them.
  private static func digit(_ scalar: Unicode.Scalar) -> Character? {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
    else { return nil }
    return Character(Unicode.Scalar(UInt8(value) + 48))
  }

  private static let separators = Set(
    (" -.()/[]\u{A0}\u{2009}\u{200B}\u{202F}\u{2060}\u{2010}\u{2011}\u{2012}\u{2013}"
      + "\u{2014}\u{2015}\u{2212}\u{3000}\u{FF0D}").unicodeScalars)
}

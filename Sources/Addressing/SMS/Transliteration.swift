import Foundation

/// Finds for each character that GSM-7 lacks one that reads alike.
enum Transliteration {
  /// The text in GSM-7, or nil where something has no lookalike.
  static func gsm7(_ text: String) -> String? {
    var output = ""
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      guard let replacement = replacement(scalar) else { return nil }
      output += replacement
    }
    return output.isEmpty ? nil : output
  }

  private static func replacement(_ scalar: Unicode.Scalar) -> String? {
    if GSM7.units(scalar) != nil { return String(scalar) }
    if let known = lookalikes[scalar] { return known }
    var base = ""
    for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
      if part.properties.generalCategory == .nonspacingMark { continue }
      if GSM7.units(part) != nil {
        base += String(part)
      } else if let known = lookalikes[part] {
        base += known
      } else {
        return nil
      }
    }
    return base.isEmpty ? nil : base
  }

  private static let lookalikes: [Unicode.Scalar: String] = {
    var result: [Unicode.Scalar: String] = [:]
    for (plain, others) in groups {
      for scalar in others.unicodeScalars { result[scalar] = plain }
    }
    for (scalar, capital) in zip(greek.unicodeScalars, capitals.unicodeScalars) {
      result[scalar] = String(capital)
    }
    return result
  }()

  private static let groups: [(String, String)] = [
    ("'", "\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}\u{2039}\u{203A}`\u{B4}\u{2BC}"),
    ("\"", "\u{201C}\u{201D}\u{201E}\u{201F}\u{2033}\u{AB}\u{BB}"),
    ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}"),
    ("...", "\u{2026}"), ("*", "\u{2022}\u{25CF}\u{B7}\u{25E6}\u{25AA}"),
    (
      " ",
      "\u{A0}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}"
        + "\u{200A}\u{202F}\u{205F}\u{3000}"
    ),
    ("", "\u{AD}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{FE0E}\u{FE0F}"),
    ("c", "ç"), ("OE", "Œ"), ("oe", "œ"), ("L", "Ł"), ("l", "ł"), ("D", "ĐÐ"), ("d", "đð"),
    ("Th", "Þ"), ("th", "þ"), ("H", "Ħ"), ("h", "ħ"), ("i", "ı"), ("SS", "ẞ"), ("T", "Ŧ"),
    ("t", "ŧ"), ("N", "Ŋ"), ("n", "ŋ"), ("(C)", "©"), ("(R)", "®"), ("(TM)", "™"),
    ("x", "×"), (":", "÷"), ("|", "¦"), ("+/-", "±"), ("u", "µ"), ("1/2", "½"), ("1/4", "¼"),
    ("3/4", "¾"), ("->", "→"), ("<-", "←"), ("/", "\u{2044}"),
  ]

  /// Greek in capitals, as phones with this alphabet write it.
  private static let greek = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγδεζηθικλμνξοπρσςτυφχψω"
  private static let capitals = "ABEZHIKMNOPTYXABΓΔEZHΘIKΛMNΞOΠPΣΣTYΦXΨΩ"
}

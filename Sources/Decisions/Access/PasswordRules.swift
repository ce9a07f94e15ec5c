import Foundation

/// Which passwords are taken. Length counts, not kinds of characters (NIST SP 800-63B-4, 3.1.1.2).
public enum PasswordRules {
  /// Characters, after composing.
  public static let lengths = 12...128

  /// The bytes that are hashed: the same for every way to type the same characters (NFC).
  public static func bytes(_ password: String) -> [UInt8] {
    Array(password.precomposedStringWithCanonicalMapping.utf8)
  }

  /// - Parameter words: the person's own: name, handle, address. A password that is little more than
  ///   one of them is refused.
  /// - Throws: ``AccessError`` `password.…`, never with the password.
  public static func check(_ password: String, words: [String]) throws(AccessError) {
    let text = password.precomposedStringWithCanonicalMapping
    guard lengths.contains(text.unicodeScalars.count) else {
      throw refusal(
        "length",
        "The password must have \(lengths.lowerBound) to \(lengths.upperBound) characters.")
    }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw refusal("characters", "The password must not contain control characters.")
    }
    let plain = text.lowercased()
    guard Set(plain).count >= 6, !isRun(plain) else {
      throw refusal("simple", "The password is too simple to guess by trying.")
    }
    let remainder = (words + common).filter { $0.count >= 3 }.reduce(plain) {
      $0.replacing($1.lowercased(), with: "")
    }
    guard remainder.count >= 6 else {
      throw refusal("common", "The password is made of words that everybody would try first.")
    }
  }

  private static func refusal(_ code: String, _ message: String) -> AccessError {
    AccessError(
      .invalid, "password.\(code)", message,
      remedy: "Take four or more unrelated words, or let a password manager make one.")
  }

  /// `abcdefghijkl`, `0123456789012`: each character follows the one before it.
  private static func isRun(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
  }

  /// What the lists of stolen passwords are made of.
  private static let common = [
    "password", "passwort", "qwertyuiop", "qwertzuiop", "asdfghjkl", "letmein", "welcome",
    "willkommen", "iloveyou", "administrator", "admin", "123456789", "1234567890", "12345678",
    "123456", "12345", "1234", "111111", "000000", "dragon", "football", "monkey", "sunshine",
    "princess", "changeme", "secret", "geheim", "master", "aiom",
  ]
}

public import Foundation

/// One accepted text message to one number.
public struct SandboxSMS: Sendable, Equatable, Identifiable {
  /// The vendor's `message_id`.
  public var id: String
  /// The HTTP call that brought it.
  public var requestID: String
  public var receivedAt: Date
  /// As given.
  public var destination: String
  public var content: String
  /// As given; `nil` for the shared number.
  public var sender: String?
  /// The first 16 characters of the API key.
  public var keyUsername: String

  /// How the text goes over the air.
  public var segmentation: SMSSegmentation { SMSSegmentation(content) }
}

/// The encoding and the number of segments of a text: GSM 03.38 with its extension table, otherwise
/// UCS-2. Pairs (an escape and its character, two surrogates) are never split over segments.
public struct SMSSegmentation: Sendable, Equatable {
  public enum Encoding: String, Sendable {
    case gsm7 = "GSM-7"
    case ucs2 = "UCS-2"
  }

  public var encoding: Encoding
  /// Septets or 16-bit units, with escapes counted.
  public var units: Int
  public var segments: Int

  public init(_ text: String) {
    let septets = text.unicodeScalars.map(Self.septets(of:))
    if septets.contains(0) {
      encoding = .ucs2
      let widths = text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }
      (units, segments) = Self.pack(widths, single: 70, part: 67)
    } else {
      encoding = .gsm7
      (units, segments) = Self.pack(septets, single: 160, part: 153)
    }
  }

  private static func pack(_ widths: [Int], single: Int, part: Int) -> (units: Int, segments: Int) {
    let units = widths.reduce(0, +)
    guard units > single else { return (units, 1) }
    var segments = 1
    var filled = 0
    for width in widths {
      if filled + width > part {
        segments += 1
        filled = 0
      }
      filled += width
    }
    return (units, segments)
  }

  /// 1 for the basic table, 2 for the extension table, 0 for neither.
  private static func septets(of scalar: Unicode.Scalar) -> Int {
    if basic.contains(scalar) { return 1 }
    return extended.contains(scalar) ? 2 : 0
  }

  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)
  private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}

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
  /// What becomes of it after the API has said `queued`.
  public var outcome = Outcome.delivered
  /// What goes wrong when others are told of it.
  public var trackingFaults: [SandboxFault] = []

  /// What becomes of a text message.
  public enum Outcome: String, Sendable, CaseIterable {
    case delivered
    case failed
    case rejected
    /// Submitted to the network, and then nothing more is heard.
    case silent
    /// Delivered, and the recipient answers STOP.
    case stops
    /// Delivered, and the recipient answers something else.
    case replies
  }

  /// The names of its webhook events, in order.
  public var eventNames: [String] {
    switch outcome {
    case .delivered, .stops, .replies: ["sms_sending", "sms_submitted", "sms_delivered"]
    case .failed: ["sms_sending", "sms_submitted", "sms_failed"]
    case .rejected: ["sms_rejected"]
    case .silent: ["sms_sending", "sms_submitted"]
    }
  }

  /// The human text of `/sms/view-sent`.
  public var statusText: String {
    switch outcome {
    case .delivered, .silent, .stops, .replies: "Message sent"
    case .failed: "Message failed"
    case .rejected: "Message discarded"
    }
  }

  /// How the text goes over the air.
  public var segmentation: SMSSegmentation { SMSSegmentation(content) }
}

/// A text message that somebody sent to us.
public struct SandboxReply: Sendable, Equatable {
  public var id: String
  public var receivedAt: Date
  public var source: String
  public var destination: String
  public var content: String
  /// The key whose message it answers.
  public var keyUsername: String

  /// The words that forbid further messages, alone and whatever their case.
  static let stopWords: Set<String> = [
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout",
  ]

  /// Whether it forbids further messages.
  public var isStop: Bool {
    Self.stopWords.contains(content.trimmingCharacters(in: .whitespacesAndNewlines).lowercased())
  }
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

import Addressing
import Foundation

/// The header section of a MIME message.
enum MIMEHeaders {
  /// Where lines are folded, and what no line may exceed (RFC 5322 section 2.1.1), in characters.
  private static let preferred = 78
  private static let longest = 998

  static func of(_ message: ThreadedEmail) -> [String] {
    let email = message.email
    var lines = [
      "Date: \(date(message.date))",
      fold("From", email.sender.headerValue),
      fold("To", email.to.map(\.rawValue).joined(separator: ", ")),
    ]
    if !email.cc.isEmpty {
      lines.append(fold("Cc", email.cc.map(\.rawValue).joined(separator: ", ")))
    }
    lines.append(fold("Subject", EncodedWords.encodedIfNeeded(email.subject)))
    lines.append("Message-ID: \(message.messageID.rawValue)")
    if let parent = message.inReplyTo { lines.append("In-Reply-To: \(parent.rawValue)") }
    if !message.references.isEmpty {
      lines.append(
        fold("References", message.references.map(\.rawValue).joined(separator: " ")))
    }
    lines += email.customHeaders.compactMap(line)
    lines.append("MIME-Version: 1.0")
    return lines
  }

  /// What can be said against the additional headers.
  static func refusal(_ email: OutgoingEmail) -> Refusal? {
    for header in email.customHeaders {
      if own.contains(header.header.lowercased()) {
        return .local("header.reserved", "An additional header is one that the message has anyway.")
      }
      guard let line = line(header) else {
        return .local("header.not_ascii", "A header with addresses has characters beyond ASCII.")
      }
      if !fits(line) { return .local("header.too_long", "A header has a line that is too long.") }
    }
    return nil
  }

  /// A header on as few lines as hold it, broken at spaces only, so that unfolding gives the very
  /// same text.
  static func fold(_ name: String, _ value: String) -> String {
    var result = "\(name):"
    var length = result.utf8.count
    for (index, word) in value.split(separator: " ", omittingEmptySubsequences: false).enumerated()
    {
      // A line of spaces alone would end the fold: spaces in a row stay together.
      let breaks = index > 0 && !word.isEmpty && length + 1 + word.utf8.count > preferred
      if breaks {
        result += "\r\n"
        length = 0
      }
      result += " " + word
      length += 1 + word.utf8.count
    }
    return result
  }

  /// `Mon, 22 Nov 2026 16:00:00 +0000`.
  static func date(_ date: Date) -> String {
    let text = date.formatted(Date.ISO8601FormatStyle())
    let month = Int(text.dropFirst(5).prefix(2)).map { VendorTimeReader.months[$0 - 1] } ?? ""
    let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
    let weekday = weekdays[((days % 7) + 7) % 7]
    return "\(weekday), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) "
      + "\(text.dropFirst(11).prefix(8)) +0000"
  }

  /// Nil for a header with addresses whose text beyond ASCII cannot be encoded without knowing
  /// what it means.
  private static func line(_ header: OutgoingEmail.Header) -> String? {
    if !EncodedWords.isNeeded(header.value) || isASCII(header.value) {
      return fold(header.header, header.value)
    }
    if structured.contains(header.header.lowercased()) {
      guard let mailbox = try? Mailbox(header.value) else { return nil }
      return fold(header.header, mailbox.headerValue)
    }
    return fold(header.header, EncodedWords.encode(header.value))
  }

  private static func fits(_ header: String) -> Bool {
    header.split(separator: "\r\n").allSatisfy { $0.utf8.count <= longest }
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  private static let own: Set<String> = [
    "date", "from", "to", "cc", "bcc", "subject", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
    "content-id",
  ]
  private static let structured: Set<String> = [
    "reply-to", "sender", "return-path", "resent-from", "resent-to", "list-unsubscribe",
    "list-id", "disposition-notification-to", "errors-to",
  ]
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
}

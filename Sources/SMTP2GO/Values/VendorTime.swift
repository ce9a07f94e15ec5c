import Foundation

/// An instant as the provider writes it, with what it means where that can be read.
public struct VendorTime: Sendable, Hashable {
  /// The provider's text.
  public let text: String
  /// The instant; nil where the text has none of the forms that are known.
  public let date: Date?

  /// Reads the provider's forms: `2006-01-02`, that with ` ` or `T` and `15:04[:05[.999999]]`, each
  /// with or without a zone (`Z`, `+02:00`, `+0200`, ` +0200`), and
  /// `Mon, 02 Jan 2006 15:04:05 +0000` or `GMT`. Without a zone it is UTC.
  public init(_ text: String) {
    self.text = text
    date = VendorTimeReader.read(text)
  }

  /// The instant as this client writes it: RFC 3339 in UTC with milliseconds.
  public init(_ date: Date) {
    self.date = date
    text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// `2026-05-19 13:15:00 +0000`, the form of the provider's own examples for `schedule`.
  static func schedule(_ date: Date) -> String {
    let text = date.formatted(Date.ISO8601FormatStyle())
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + " +0000"
  }

  /// `2026-05-19`: the UTC day in which an instant lies.
  static func day(_ date: Date) -> String {
    String(date.formatted(Date.ISO8601FormatStyle()).prefix(10))
  }

  init?(_ json: JSON?) {
    guard let text = json?.nonEmptyText else { return nil }
    self.init(text)
  }
}

extension VendorTime: CustomStringConvertible {
  /// The instant in UTC, or that it could not be read; never the provider's text.
  public var description: String {
    date.map { VendorTime($0).text } ?? "unreadable"
  }
}

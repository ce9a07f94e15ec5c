import Decisions

/// What a person sees who follows the link at the foot of a message.
///
/// Carries no address: the link may have been forwarded.
public struct UnsubscribePage: Hashable, Sendable {
  /// How much stops.
  public enum Extent: String, Hashable, Sendable {
    /// What nobody has to send: reminders, offers, news. Notices that the law asks for still go out.
    case optional
    /// Everything on the channel.
    case everything
    /// Nothing: the message was a rehearsal's.
    case rehearsal
  }

  /// The organisation's name, as its customers know it.
  public var organisation: String
  /// A language tag such as `de` or `en-GB`.
  public var language: String
  public var channel: OutreachChannel
  public var extent: Extent
  /// Whether this has happened already.
  public var isDone: Bool

  public init(
    organisation: String, language: String, channel: OutreachChannel, extent: Extent, isDone: Bool
  ) {
    self.organisation = organisation
    self.language = language
    self.channel = channel
    self.extent = extent
    self.isDone = isDone
  }
}

/// How somebody unsubscribed.
public enum UnsubscribeWay: String, Hashable, Sendable {
  /// The button of our page.
  case page
  /// Their mail program, by RFC 8058.
  case oneClick = "one_click"
}

/// Shows what an unsubscribe link is about. Changes nothing, however often it is asked: scanners of
/// mail follow every link.
public protocol UnsubscribePages: Sendable {
  /// - Parameter token: the opaque part of the link, as it stood there.
  /// - Returns: nil when there is no such link.
  func page(token: String) async throws -> UnsubscribePage?
}

/// Carries out what an unsubscribe link asks for.
public protocol Unsubscribing: UnsubscribePages {
  /// Suppresses the recipient. Idempotent; durable when it returns.
  /// - Returns: false when there is no such link.
  func unsubscribe(token: String, via way: UnsubscribeWay) async throws -> Bool
}

import ActionProtocol
import Decisions

/// One matter that somebody has to look at.
public struct AttentionLine: Hashable, Sendable {
  public enum Matter: Hashable, Sendable {
    /// Ended without its effect; nothing tries it again by itself.
    case failed(ActionState)
    /// Nobody knows whether it arrived.
    case unknownOutcome(ActionState)
    /// Approved, and no time lets it go on.
    case held(ActionState, HoldReason)
    case pausedChannel(PausedChannel)
    case failingJob(FailingJob)
    /// Records of a kind were not taken over to their end for longer than checks allow.
    case staleSync(SyncKind, allowed: Duration)
    case setting(SettingGap)
  }

  public var matter: Matter
  /// Nil where nobody recorded it.
  public var since: Instant?

  public init(_ matter: Matter, since: Instant?) {
    self.matter = matter
    self.since = since
  }
}

/// Something that is not set up and is in the way.
public enum SettingGap: String, CaseIterable, Hashable, Sendable {
  /// No e-mail can be proposed.
  case noSender = "no_sender"
  /// No letter may go out without one.
  case noPostalAddress = "no_postal_address"
  /// The records are too old to check against, so that nothing about them goes out.
  case oldInvoices = "old_invoices"
  /// Messages really go out, and the provider cannot tell what became of them.
  case noPublicURL = "no_public_url"
  case noWebhook = "no_webhook"
}

/// Everything that asks for attention in an org.
public struct AttentionReport: Hashable, Sendable {
  public var lookedAt: Instant
  /// The gravest kinds first.
  public var lines: [AttentionLine]
  /// Whether there is more of a kind than is listed.
  public var isCut: Bool
}

import ActionProtocol
import Decisions
import Engine
import Foundation
import SMTP2GO

/// Reads SMTP2GO's webhook posts into the engine's words.
public struct SMTP2GOEvents: ProviderEventReading {
  public init() {}

  public func read(
    _ body: [UInt8], contentType: String?
  ) throws(ProviderEventFault) -> ProviderEvent {
    let event: WebhookEvent
    do throws(WebhookEventFault) {
      event = try WebhookEvent.parse(body, contentType: contentType)
    } catch {
      throw ProviderEventFault(code: error.rawValue)
    }
    let isSMS = event.kind.isSMS || event.messageID != nil
    let recipient = event.recipient ?? (event.recipients.count == 1 ? event.recipients[0] : nil)
    return ProviderEvent(
      eventID: Self.identity(event), kind: Self.kind(event.kind), name: Self.cut(event.name, 64),
      channel: isSMS ? .sms : .email,
      providerID: (isSMS ? event.messageID : event.emailID).map { Self.cut($0, 200) },
      operation: event.header(OperationEcho.header).flatMap { OperationEcho.read($0) },
      recipient: recipient.map { Self.cut($0, 320) },
      occurredAt: event.time?.date.map(Self.instant),
      mailMessageID: event.mailMessageID.map { Self.cut($0, 500) },
      code: event.code.flatMap(Self.code))
  }

  /// The provider's id of the event, with what tells two events apart that share it: nothing says
  /// that an id is never used for a whole message. Without an id: event, message, recipient, time.
  private static func identity(_ event: WebhookEvent) -> String {
    let common = [
      event.name.lowercased(), event.emailID ?? event.messageID ?? "",
      event.recipient?.lowercased() ?? "",
    ]
    guard let id = event.id else {
      let parts = common + [event.time?.text ?? "", event.clickedURL ?? ""]
      return "made.\(digest(parts))"
    }
    let mark = digest([id] + common)
    let isPlain = id.utf8.count <= 64 && id.utf8.allSatisfy(isPlain)
    return isPlain ? "\(id).\(mark.prefix(16))" : "long.\(mark)"
  }

  private static func digest(_ parts: [String]) -> String {
    Digest.ofCanonical(.array(parts.map { .string($0) })).hex
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func kind(_ kind: WebhookEvent.Kind) -> ProviderEvent.Kind {
    switch kind {
    case .processed: .processed
    case .delivered: .delivered
    case .opened: .opened
    case .clicked: .clicked
    case .bouncedHard: .hardBounced
    case .bouncedSoft: .softBounced
    case .bounced: .bounced
    case .rejected: .rejected
    case .complained: .complained
    case .unsubscribed: .unsubscribed
    case .resubscribed: .resubscribed
    case .smsSending: .smsSending
    case .smsSubmitted: .smsSubmitted
    case .smsDelivered: .smsDelivered
    case .smsFailed: .smsFailed
    case .smsRejected: .smsRejected
    case .smsOptOut: .smsOptOut
    case .unknown: .unknown
    }
  }

  private static func instant(_ date: Date) -> Instant {
    Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded(.down)))
  }

  /// Codes only: what a server says beside them quotes addresses.
  private static func code(_ text: String) -> String? {
    let isCode = text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: ".") }
    return isCode && (1...32).contains(text.utf8.count) ? text : nil
  }

  private static func cut(_ text: String, _ limit: Int) -> String { String(text.prefix(limit)) }
}

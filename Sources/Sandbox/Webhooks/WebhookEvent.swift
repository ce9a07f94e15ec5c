import Foundation

/// Which of the known spellings of names the webhooks use.
enum WebhookSpelling: String, Sendable, CaseIterable {
  /// `open`, `click`, `spam`, `unsubscribe`; `message-id`, `subject`.
  case documented
  /// `opened`, `clicked`, `spam_complaint`, `unsubscribed`; `Message-Id`, `Subject`.
  case observed
}

/// One event on its way to one webhook: a flat object, never an array.
struct WebhookEvent: Sendable {
  /// What happened.
  enum News: Sendable {
    /// `processed` is told once for all recipients.
    case processed(SandboxMessage)
    case mail(SandboxMessage, SandboxEvent)
    /// With the event's name.
    case sms(SandboxSMS, String)
  }

  var news: News

  /// 32 hexadecimal digits, the same at each attempt.
  var id: String {
    switch news {
    case .processed(let message): Self.digest(message.id, "processed", "", message.sentAt)
    case .mail(let message, let event):
      Self.digest(message.id, event.name.rawValue, event.recipient, event.date)
    case .sms(let message, let name): Self.digest(message.id, name, "", message.receivedAt)
    }
  }

  /// The name to subscribe by.
  var name: String {
    switch news {
    case .processed: "processed"
    case .mail(_, let event): Self.name(of: event.name)
    case .sms(_, let name): name
    }
  }

  /// The `email_id`, or the `message_id` of a text.
  var messageID: String {
    switch news {
    case .processed(let message), .mail(let message, _): message.id
    case .sms(let message, _): message.id
    }
  }

  static func name(of event: SandboxEvent.Name) -> String {
    switch event {
    case .processed: "processed"
    case .softBounced, .hardBounced: "bounce"
    case .rejected: "reject"
    case .spam: "spam"
    case .delivered: "delivered"
    case .unsubscribed: "unsubscribe"
    case .resubscribed: "resubscribe"
    case .opened: "open"
    case .clicked: "click"
    }
  }

  /// FNV-1a twice, with two beginnings.
  private static func digest(
    _ id: String, _ name: String, _ recipient: String, _ date: Date
  ) -> String {
    let text = "\(id)|\(name)|\(recipient)|\(VendorDate.milliseconds(date))"
    return [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4].map { (seed: UInt64) in
      let hash = text.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      let digits = String(hash, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

// MARK: - Fields

extension WebhookEvent {
  /// The posted members, in order.
  ///
  /// - Parameter headers: the mail headers to echo, under exactly these names.
  func members(echoing headers: [String], spelling: WebhookSpelling) -> [JSONMember] {
    switch news {
    case .processed(let message):
      var members = mailMembers(message, date: message.sentAt, spelling)
      members.add("recipients", JSONValue(message.recipients))
      return members + Self.echo(headers, of: message)
    case .mail(let message, let event):
      var members = mailMembers(message, date: event.date, spelling)
      members.add("rcpt", .string(event.recipient))
      members += Self.details(of: event)
      return members + Self.echo(headers, of: message)
    case .sms(let message, let name): return smsMembers(message, name)
    }
  }

  private func mailMembers(
    _ message: SandboxMessage, date: Date, _ spelling: WebhookSpelling
  ) -> [JSONMember] {
    let sender = AddressSyntax.address(of: message.sender)
    let isObserved = spelling == .observed
    var members: [JSONMember] = []
    members.add("event", .string(isObserved ? Self.observed[name] ?? name : name))
    members.add("id", .string(id))
    members.add("email_id", .string(message.id))
    members.add("time", .string(VendorDate.rfc3339(date)))
    members.add("sendtime", .string(VendorDate.rfc3339Microseconds(message.sentAt)))
    members.add("sender", .string(sender))
    members.add("from", .string(message.sender))
    members.add("from_address", .string(sender))
    members.add("from_name", .string(AddressSyntax.displayName(of: message.sender)))
    members.add("auth", .string(message.keyUsername))
    members.add("srchost", "127.0.0.1")
    members.add(isObserved ? "Subject" : "subject", .string(message.subject))
    if let id = message.header("Message-ID") {
      members.add(isObserved ? "Message-Id" : "message-id", .string(id))
    }
    return members
  }

  /// What `opened` and the like are called in a live capture.
  private static let observed = [
    "open": "opened", "click": "clicked", "spam": "spam_complaint",
    "unsubscribe": "unsubscribed", "resubscribe": "resubscribed",
  ]

  private static func details(of event: SandboxEvent) -> [JSONMember] {
    var members: [JSONMember] = []
    switch event.name {
    case .delivered:
      members.add("host", .string(SandboxMail.host))
      members.add("message", .string(SandboxMail.delivered))
      members.add("context", "Unavailable")
    case .hardBounced, .softBounced:
      let isHard = event.name == .hardBounced
      members.add("bounce", .string(isHard ? "hard" : "soft"))
      members.add("host", .string(SandboxMail.host))
      members.add("message", .string(isHard ? SandboxMail.hardBounce : SandboxMail.softBounce))
      members.add("context", .string("RCPT TO:<\(event.recipient)>"))
    case .rejected: members.add("message", .string(event.reason ?? "Rejected"))
    case .opened: members += reader("opened-at", event.date) + [seconds]
    case .clicked:
      members += reader("clicked-at", event.date)
      members.add("click_url", "https://www.example.com/")
      members.add("link", "https://www.example.com/")
    default: break
    }
    return members
  }

  private static let seconds = JSONMember(name: "read-secs", value: 3)

  private static func reader(_ moment: String, _ date: Date) -> [JSONMember] {
    var members: [JSONMember] = []
    members.add(moment, .string(VendorDate.rfc3339(date)))
    members.add("user-agent", "Sandbox/1.0")
    members.add("client", "Sandbox")
    members.add("client-device", "Desktop")
    members.add("client-os", "Linux")
    members.add("geoip-country", "Unavailable")
    return members
  }

  private static func echo(_ names: [String], of message: SandboxMessage) -> [JSONMember] {
    names.compactMap { name in
      message.header(name).map { JSONMember(name: name, value: .string($0)) }
    }
  }

  /// There is no `time` in these.
  private func smsMembers(_ message: SandboxSMS, _ name: String) -> [JSONMember] {
    let date = VendorDate.rfc3339(message.receivedAt)
    let isBad = message.outcome == .failed || message.outcome == .rejected
    var members: [JSONMember] = []
    members.add("event", .string(name))
    members.add("id", .string(id))
    members.add("message_id", .string(message.id))
    members.add("destination_number", .string(message.destination))
    members.add("source_number", .string(message.sender ?? SMSSend.sharedNumber))
    members.add("message_content", .string(message.content))
    members.add("region", "us")
    members.add("retry_count", 0)
    members.add("status_code", isBad ? 34 : 0)
    members.add("sender_email", "")
    members.add("email_subject", "")
    members.add("received_timestamp", .string(date))
    members.add("submitted_timestamp", .string(date))
    return members
  }
}

/// What the imagined mail server of every recipient says.
enum SandboxMail {
  static let host = "mx.sandbox.invalid [192.0.2.25]"
  static let delivered = "250 2.0.0 Ok: queued by the sandbox"
  static let hardBounce = "550 5.1.1 No such user here"
  static let softBounce = "452 4.2.2 Mailbox full"
}

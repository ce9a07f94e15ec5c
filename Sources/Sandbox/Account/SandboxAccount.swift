import Foundation

/// What belongs to the account rather than to a message.
struct SandboxAccount: Sendable {
  var webhooks: [SandboxWebhook] = []
  var nextWebhookID = 1
  var suppressions = SuppressionList()
  var templates: [SandboxTemplate] = []
  var replies: [SandboxReply] = []
  /// Single addresses that may send; `nil` with `domains`: every sender.
  var senders: [String]?
  /// Domains that may send; `nil` with `senders`: every sender.
  var domains: [String]?
  /// Whether the two above came from the control API rather than from the configuration.
  var changedSenders = false
  /// Numbers, digits only, that answered STOP.
  private(set) var optedOut: Set<String> = []

  static let maximumReplies = 100_000

  /// Whether mail may leave in the name of `address`.
  func mayWrite(as address: String) -> Bool {
    guard senders != nil || domains != nil else { return true }
    let address = address.lowercased()
    if senders?.contains(where: { $0.lowercased() == address }) == true { return true }
    guard let at = address.lastIndex(of: "@") else { return false }
    let domain = address[address.index(after: at)...]
    return domains?.contains { $0.lowercased() == domain } ?? false
  }

  mutating func put(_ webhook: SandboxWebhook) {
    nextWebhookID = max(nextWebhookID, webhook.id + 1)
    if let position = webhooks.firstIndex(where: { $0.id == webhook.id }) {
      webhooks[position] = webhook
    } else {
      webhooks.append(webhook)
    }
  }

  mutating func put(_ template: SandboxTemplate) {
    templates.removeAll { $0.id == template.id }
    templates.append(template)
  }

  mutating func add(_ reply: SandboxReply) {
    replies.append(reply)
    if replies.count > Self.maximumReplies { replies.removeFirst(Self.maximumReplies / 8) }
    let digits = Self.digits(reply.source)
    if reply.isStop {
      optedOut.insert(digits)
    } else if reply.content.trimmingCharacters(in: .whitespaces).lowercased() == "start" {
      optedOut.remove(digits)
    }
  }

  /// Forgets who wrote, and with it who said STOP.
  mutating func clearReplies() {
    replies = []
    optedOut = []
  }

  func isOptedOut(_ number: String) -> Bool {
    !optedOut.isEmpty && optedOut.contains(Self.digits(number))
  }

  static func digits(_ number: String) -> String {
    String(decoding: number.utf8.filter(\.isDigit), as: UTF8.self)
  }
}

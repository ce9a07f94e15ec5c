import Foundation

/// Which events a search wants. All texts are found as substrings, without case.
struct ActivityFilter {
  /// The only account here.
  static let account = "Master account"

  private var anywhere: [String]
  private var emailID: String?
  private var subject: String?
  private var sender: String?
  private var recipient: String?
  private var usernames: Set<String>
  private var subaccounts: Set<String>
  private var types: Set<String>

  init(_ payload: PayloadReader) throws(VendorRefusal) {
    let search = try payload.string("search")?.lowercased() ?? ""
    anywhere = search.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    emailID = try payload.string("search_email_id")?.lowercased()
    subject = try payload.string("search_subject")?.lowercased()
    sender = try payload.string("search_sender")?.lowercased()
    recipient = try payload.string("search_recipient")?.lowercased()
    usernames = Set(try payload.strings("search_usernames"))
    subaccounts = Set(try payload.strings("subaccounts"))
    types = Set(
      try payload.choices("event_types", from: SandboxEvent.Name.allCases.map(\.rawValue)))
  }

  func matches(_ event: SandboxEvent) -> Bool {
    guard types.isEmpty || types.contains(event.name.rawValue) else { return false }
    return recipient.map { event.recipient.lowercased().contains($0) } ?? true
  }

  func matches(_ message: SandboxMessage) -> Bool {
    guard usernames.isEmpty || usernames.contains(message.keyUsername),
      subaccounts.isEmpty || subaccounts.contains(Self.account)
    else { return false }
    return contains(message.id, emailID) && contains(message.subject, subject)
      && contains(message.sender, sender) && matchesAnywhere(message)
  }

  private func contains(_ text: String, _ part: String?) -> Bool {
    part.map { text.lowercased().contains($0) } ?? true
  }

  private func matchesAnywhere(_ message: SandboxMessage) -> Bool {
    guard !anywhere.isEmpty else { return true }
    let texts = ([message.id, message.subject] + message.to + message.bcc + message.recipients)
      .map { $0.lowercased() }
    return anywhere.contains { part in texts.contains { $0.contains(part) } }
  }
}

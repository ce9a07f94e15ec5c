import Foundation
import Hummingbird

/// How the outbox is asked, as a page or as JSON.
struct OutboxQuery {
  var header: String?
  var value: String?
  /// Found in addresses, subject, texts, ids and header values, without case.
  var text: String?
  var emailID: String?
  var since: Date?
  var offset: Int
  var limit: Int

  init(_ request: Request) {
    let parameters = request.uri.queryParameters
    header = parameters["header"].map(String.init)
    value = parameters["value"].map(String.init)
    text = parameters["q"].map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
      .flatMap { $0.isEmpty ? nil : $0 }
    emailID = parameters["email_id"].map(String.init)
    since = parameters["since"].flatMap { VendorDate.parse(String($0)) }
    offset = max(0, parameters["offset"].flatMap { Int($0) } ?? 0)
    limit = min(1000, max(1, parameters["limit"].flatMap { Int($0) } ?? 100))
  }

  func matches(_ message: SandboxMessage) -> Bool {
    if let since, message.receivedAt < since { return false }
    if let emailID, message.id != emailID { return false }
    if let text, !message.contains(text) { return false }
    guard let header else { return true }
    return message.headers.contains { field in
      field.name.isSameHeader(as: header) && (value.map { field.value == $0 } ?? true)
    }
  }

  func matches(_ message: SandboxSMS) -> Bool {
    if let since, message.receivedAt < since { return false }
    guard emailID == nil else { return false }
    guard let text else { return true }
    return [message.destination, message.content, message.id, message.sender ?? ""]
      .contains { $0.lowercased().contains(text) }
  }
}

extension SandboxMessage {
  fileprivate func contains(_ text: String) -> Bool {
    let texts =
      [id, sender, subject, textBody ?? "", htmlBody ?? ""] + to + cc + bcc
      + attachments.map(\.filename) + headers.map(\.value)
    return texts.contains { $0.lowercased().contains(text) }
  }
}

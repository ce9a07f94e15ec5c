import Addressing
import Foundation

extension OutgoingEmail {
  /// The provider's cap on a request to the e-mail endpoints, in bytes.
  static let largestRequest = Endpoint.emailSend.largestRequest
  /// How far ahead the provider schedules.
  static let longestSchedule: TimeInterval = 3 * 24 * 60 * 60

  /// What can be said against the message without asking the provider.
  func refusal(now: Date) -> Refusal? {
    if to.isEmpty { return .local("no_recipient", "No recipient.") }
    if max(to.count, cc.count, bcc.count) > 100 {
      return .local("too_many_recipients", "More than 100 recipients in one list.")
    }
    return contentRefusal ?? attachmentRefusal ?? Self.refusal(schedule: schedule, now: now)
  }

  /// What can be said against an instant to send at.
  static func refusal(schedule: Date?, now: Date) -> Refusal? {
    guard let schedule else { return nil }
    let ahead = schedule.timeIntervalSince(now)
    return ahead > 0 && ahead <= longestSchedule
      ? nil
      : .local("schedule", "The time to send at is not in the next three days.")
  }

  private var contentRefusal: Refusal? {
    if let template {
      if template.id.isEmpty { return .local("no_template", "The template has no id.") }
      if !template.values.values.allSatisfy(\.isWritable) {
        return .local("template_value", "A value for the template is no finite number.")
      }
      return .header([subject, template.id])
    }
    if (textBody ?? "").isEmpty && (htmlBody ?? "").isEmpty {
      return .local("no_body", "Neither text nor HTML.")
    }
    if subject.isEmpty { return .local("no_subject", "No subject.") }
    return .header([subject])
  }

  private var attachmentRefusal: Refusal? {
    for file in attachments + inlines {
      if let refusal = file.refusal { return refusal }
    }
    return nil
  }

  /// The body of `/email/send`.
  func encoded() throws(OpenFile.Fault) -> RequestBody {
    let (attachments, inlines) = (try attachments.opened(), try inlines.opened())
    var writer = JSONWriter(capacity: textSize)
    write(attachments, inlines, inBatch: false, into: &writer)
    return writer.body
  }

  /// The message as an object. Names outside ASCII travel as encoded words, which every reader of
  /// RFC 822 addresses takes.
  func write(
    _ attachments: [OpenAttachment], _ inlines: [OpenAttachment], inBatch: Bool,
    into writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.field("sender", sender.headerValue)
      writer.field("to", to.map(\.rawValue))
      writer.field("cc", cc.map(\.rawValue))
      writer.field("bcc", bcc.map(\.rawValue))
      writeContent(inBatch: inBatch, into: &writer)
      writeHeaders(into: &writer)
      Self.write(attachments, "attachments", into: &writer)
      Self.write(inlines, "inlines", into: &writer)
      writer.field("schedule", schedule.map(VendorTime.schedule))
      if fastAccept { writer.field("fastaccept", true) }
    }
  }

  private func writeContent(inBatch: Bool, into writer: inout JSONWriter) {
    guard let template else {
      writer.field("subject", subject)
      writer.field("text_body", textBody)
      writer.field("html_body", htmlBody)
      return
    }
    if inBatch { writer.field("subject", subject) }
    writer.field("template_id", template.id)
    writer.field("template_data", template.values)
  }

  /// Close to the length of the encoded request without its files.
  private var textSize: Int {
    let addresses = (to.count + cc.count + bcc.count) * 48
    let headers = customHeaders.reduce(0) { $0 + $1.header.utf8.count + $1.value.utf8.count + 24 }
    let texts = subject.utf8.count + (textBody?.utf8.count ?? 0) + (htmlBody?.utf8.count ?? 0)
    return 512 + addresses + headers + texts + texts / 16
  }

  private func writeHeaders(into writer: inout JSONWriter) {
    if customHeaders.isEmpty { return }
    writer.key("custom_headers")
    writer.array(customHeaders) { writer, header in
      writer.object { writer in
        writer.key("header")
        writer.string(header.header)
        writer.key("value")
        writer.string(header.value)
      }
    }
  }

  private static func write(
    _ files: [OpenAttachment], _ key: StaticString, into writer: inout JSONWriter
  ) {
    if files.isEmpty { return }
    writer.key(key)
    writer.array(files) { writer, file in
      writer.object { writer in
        writer.field("filename", file.filename)
        switch file.content {
        case .bytes(let content):
          writer.key("fileblob")
          writer.base64(content)
        case .url(let url): writer.field("url", url)
        }
        writer.field("mimetype", file.mimetype)
      }
    }
  }
}

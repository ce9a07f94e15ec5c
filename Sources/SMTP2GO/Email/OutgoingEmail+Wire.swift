import Addressing
import NIOCore

extension OutgoingEmail {
  /// The provider's cap on a request to the e-mail endpoints, in bytes.
  static let largestRequest = 50 * 1024 * 1024

  /// What can be said against the message without asking the provider.
  var refusal: Refusal? {
    if to.isEmpty { return Refusal(code: "client.no_recipient", message: "No recipient.") }
    if max(to.count, cc.count, bcc.count) > 100 {
      return Refusal(
        code: "client.too_many_recipients", message: "More than 100 recipients in one list.")
    }
    if (textBody ?? "").isEmpty && (htmlBody ?? "").isEmpty {
      return Refusal(code: "client.no_body", message: "Neither text nor HTML.")
    }
    if subject.isEmpty { return Refusal(code: "client.no_subject", message: "No subject.") }
    do throws(AddressingIssue) {
      try HeaderText.check(subject)
      for file in attachments + inlines {
        try HeaderText.check(file.filename)
        try HeaderText.check(file.mimetype)
      }
    } catch {
      return Refusal(code: "client.\(error.code)", message: error.message)
    }
    return size > Self.largestRequest
      ? Refusal(code: "client.too_large", message: "The message exceeds 50 MB.") : nil
  }

  /// The body of `/email/send`. Names outside ASCII travel as encoded words, which every reader
  /// of RFC 822 addresses takes.
  func encoded() -> ByteBuffer {
    var writer = JSONWriter(capacity: size)
    writer.object { writer in
      writer.key("sender")
      writer.string(sender.headerValue)
      Self.write(to, "to", into: &writer)
      Self.write(cc, "cc", into: &writer)
      Self.write(bcc, "bcc", into: &writer)
      writer.key("subject")
      writer.string(subject)
      Self.write(textBody, "text_body", into: &writer)
      Self.write(htmlBody, "html_body", into: &writer)
      writeHeaders(into: &writer)
      Self.write(attachments, "attachments", into: &writer)
      Self.write(inlines, "inlines", into: &writer)
      if fastAccept {
        writer.key("fastaccept")
        writer.bool(true)
      }
    }
    return writer.buffer
  }

  /// Close to the length of the encoded request, escapes not counted.
  private var size: Int {
    let files = (attachments + inlines).reduce(0) {
      $0 + Base64.length(of: $1.content.count) + $1.filename.utf8.count + 96
    }
    let addresses = (to.count + cc.count + bcc.count) * 48
    let headers = customHeaders.reduce(0) { $0 + $1.header.utf8.count + $1.value.utf8.count + 24 }
    let texts = subject.utf8.count + (textBody?.utf8.count ?? 0) + (htmlBody?.utf8.count ?? 0)
    return 512 + files + addresses + headers + texts + texts / 16
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

  private static func write(_ text: String?, _ key: StaticString, into writer: inout JSONWriter) {
    guard let text, !text.isEmpty else { return }
    writer.key(key)
    writer.string(text)
  }

  private static func write(
    _ addresses: [EmailAddress], _ key: StaticString, into writer: inout JSONWriter
  ) {
    if addresses.isEmpty { return }
    writer.key(key)
    writer.array(addresses) { writer, address in writer.string(address.rawValue) }
  }

  private static func write(
    _ files: [Attachment], _ key: StaticString, into writer: inout JSONWriter
  ) {
    if files.isEmpty { return }
    writer.key(key)
    writer.array(files) { writer, file in
      writer.object { writer in
        writer.key("filename")
        writer.string(file.filename)
        writer.key("fileblob")
        writer.base64(file.content)
        writer.key("mimetype")
        writer.string(file.mimetype)
      }
    }
  }
}

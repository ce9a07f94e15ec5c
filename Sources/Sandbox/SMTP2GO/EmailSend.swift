import Foundation

/// `POST /email/send`: a request that has passed every documented check.
struct EmailSend {
  static let knownFields: Set<String> = [
    "api_key", "sender", "to", "cc", "bcc", "subject", "html_body", "text_body", "custom_headers",
    "attachments", "inlines", "template_id", "template_data", "schedule", "fastaccept", "version",
  ]

  var sender: String
  var to: [String]
  var cc: [String]
  var bcc: [String]
  var subject: String
  var textBody: String?
  var htmlBody: String?
  var customHeaders: [SandboxHeader]
  var attachments: [SandboxAttachment]
  var inlines: [SandboxAttachment]
  var templateID: String?
  var templateData: String?
  var schedule: Date?
  var isFastAccept: Bool
  var ignoredFields: [String]

  /// - Parameters:
  ///   - files: what arrived with the request.
  ///   - templates: those of the account.
  init(
    _ body: JSONValue, now: Date, files: RequestFiles, templates: [SandboxTemplate] = []
  ) throws(VendorRefusal) {
    let payload = PayloadReader(body: body)
    sender = try payload.requiredString("sender")
    try PayloadReader.checkMailbox(sender, "sender")
    to = try payload.mailboxes("to")
    if to.isEmpty { throw PayloadReader.missing("to") }
    cc = try payload.mailboxes("cc")
    bcc = try payload.mailboxes("bcc")
    templateID = try payload.string("template_id")
    templateData = try EmailSend.templateData(payload)
    subject = try EmailSend.subject(payload, hasTemplate: templateID != nil)
    textBody = try payload.string("text_body")
    htmlBody = try payload.string("html_body")
    guard templateID != nil || textBody != nil || htmlBody != nil else {
      throw .payload("text_body", "or the field 'html_body' is required but neither was found")
    }
    customHeaders = try EmailSend.customHeaders(payload)
    attachments = try EmailSend.files("attachments", payload, files)
    inlines = try EmailSend.files("inlines", payload, files)
    schedule = try EmailSend.schedule(payload, now: now)
    isFastAccept = try payload.bool("fastaccept")
    ignoredFields = (body.members ?? []).map(\.name).filter { !EmailSend.knownFields.contains($0) }
    try fill(from: templates)
  }

  /// A template's subject and texts take the place of the request's.
  private mutating func fill(from templates: [SandboxTemplate]) throws(VendorRefusal) {
    guard let templateID else { return }
    guard let template = templates.first(where: { $0.id == templateID }) else {
      throw .business("A template matching the passed 'template_id' was not found")
    }
    let data = templateData.flatMap { try? JSONReader.parse($0.utf8) }
    subject = template.rendered(template.subject, data)
      .split(whereSeparator: \.isNewline).joined(separator: " ")
    htmlBody = template.html.isEmpty ? nil : template.rendered(template.html, data)
    textBody = template.text.isEmpty ? nil : template.rendered(template.text, data)
  }

  private static func subject(
    _ payload: PayloadReader, hasTemplate: Bool
  ) throws(VendorRefusal) -> String {
    guard let subject = try payload.string("subject") else {
      if hasTemplate { return "" }
      throw PayloadReader.missing("subject")
    }
    try refuseControls(in: subject, "subject")
    return subject
  }

  private static func refuseControls(in text: String, _ field: String) throws(VendorRefusal) {
    guard !text.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
      throw .payload(field, "was expecting a single line of text but found a line break")
    }
  }

  /// An object by every client; the schema's "string, format json" is accepted too.
  private static func templateData(_ payload: PayloadReader) throws(VendorRefusal) -> String? {
    guard let value = payload.present("template_data") else { return nil }
    if value.members != nil { return value.text }
    guard let text = value.string, (try? JSONReader.parse(text.utf8))?.members != nil else {
      throw PayloadReader.wrongType("template_data", "JSON object", value)
    }
    return text
  }
}

// MARK: - Headers, files, schedule

extension EmailSend {
  /// Names that a caller may not set.
  static let forbiddenHeaders = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"]

  private static func customHeaders(_ payload: PayloadReader) throws(VendorRefusal)
    -> [SandboxHeader]
  {
    let field = "custom_headers"
    guard let value = payload.present(field) else { return [] }
    guard let items = value.array else { throw PayloadReader.wrongType(field, "array", value) }
    var headers: [SandboxHeader] = []
    for item in items {
      guard let name = item["header"]?.string, let value = item["value"]?.string else {
        throw .payload(field, "was expecting objects with the fields 'header' and 'value'")
      }
      guard isHeaderName(name) else {
        throw .payload(field, "was expecting a valid header name but found '\(name.prefix(80))'")
      }
      guard !forbiddenHeaders.contains(where: { $0.isSameHeader(as: name) }) else {
        throw .payload(field, "was expecting a header that may be set but found '\(name)'")
      }
      try refuseControls(in: value, field)
      headers.append(SandboxHeader(name: name, value: value))
    }
    return headers
  }

  /// Printable ASCII without a colon (RFC 5322, 2.2).
  private static func isHeaderName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
  }

  private static func files(
    _ field: String, _ payload: PayloadReader, _ arrived: RequestFiles
  ) throws(VendorRefusal) -> [SandboxAttachment] {
    guard let value = payload.present(field) else { return [] }
    guard let items = value.array else { throw PayloadReader.wrongType(field, "array", value) }
    var files: [SandboxAttachment] = []
    for item in items { files.append(try file(PayloadReader(body: item), field, arrived)) }
    return files
  }

  private static func file(
    _ item: PayloadReader, _ field: String, _ arrived: RequestFiles
  ) throws(VendorRefusal) -> SandboxAttachment {
    guard let filename = item.present("filename")?.string else {
      throw .payload(field, "was expecting objects with the field 'filename'")
    }
    try refuseControls(in: filename, field)
    let url = item.present("url")?.string
    let blob = item.present("fileblob")?.string
    guard (blob == nil) != (url == nil) else {
      throw .payload(field, "was expecting exactly one of 'fileblob' and 'url' in each entry")
    }
    let content = try blob.map { (blob) throws(VendorRefusal) in
      try EmailSend.content(blob, field, arrived)
    }
    if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
      throw .payload(field, "was expecting an http or https address in 'url'")
    }
    return SandboxAttachment(
      filename: filename, mimetype: item.present("mimetype")?.string, size: content?.size,
      url: url, contentID: content?.id)
  }

  /// The file that the body reader put aside, or one whose name it did not recognise.
  private static func content(
    _ blob: String, _ field: String, _ arrived: RequestFiles
  ) throws(VendorRefusal) -> RequestFiles.File {
    if let file = arrived.file(blob), file.isValid { return file }
    guard arrived.file(blob) == nil, let bytes = Base64Decoder.bytes(of: blob) else {
      throw .payload(field, "was expecting base64 in 'fileblob'")
    }
    do {
      return RequestFiles.File(id: try arrived.store(bytes), size: bytes.count, isValid: true)
    } catch {
      throw .unwritable
    }
  }

  /// Unix seconds or a timestamp, in the future and at most three days ahead.
  static func schedule(
    _ payload: PayloadReader, now: Date
  ) throws(VendorRefusal) -> Date? {
    guard let value = payload.present("schedule") else { return nil }
    let date =
      value.integer.map { Date(timeIntervalSince1970: Double($0)) }
      ?? value.string.flatMap { text in
        Int(text).map { Date(timeIntervalSince1970: Double($0)) } ?? VendorDate.parse(text)
      }
    guard let date else { throw PayloadReader.wrongType("schedule", "timestamp", value) }
    guard date > now, date.timeIntervalSince(now) <= 3 * 86_400 else {
      throw .payload("schedule", "was expecting a time in the future, at most 3 days ahead")
    }
    return date
  }
}

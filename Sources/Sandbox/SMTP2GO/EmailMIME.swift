import Foundation

/// `POST /email/mime`: a whole mail in base64, with its own Message-ID.
struct EmailMIME {
  private let mail: MIMEMessage
  private let sourceID: String?
  private let schedule: Date?
  let isFastAccept: Bool
  private let lists: [String: [String]]
  private let attachments: [SandboxAttachment]
  private let inlines: [SandboxAttachment]

  /// The sender's mailbox.
  let sender: String

  init(_ body: JSONValue, now: Date, files: RequestFiles) throws(VendorRefusal) {
    let payload = PayloadReader(body: body)
    let field = "mime_email"
    let text = try payload.requiredString(field)
    let bytes = try Self.content(text, files)
    guard let mail = MIMEMessage(bytes.data) else {
      throw .payload(field, "was expecting a message in MIME format")
    }
    self.mail = mail
    sourceID = bytes.id
    guard let from = mail.header("From") else {
      throw .payload(field, "was expecting a message with the header 'From'")
    }
    sender = EncodedWord.decoded(from)
    try PayloadReader.checkMailbox(from, field)
    lists = try Self.recipients(mail, field)
    schedule = try EmailSend.schedule(payload, now: now)
    isFastAccept = try payload.bool("fastaccept")
    (attachments, inlines) = try Self.store(mail.files, files)
  }

  private static func content(
    _ text: String, _ files: RequestFiles
  ) throws(VendorRefusal) -> (data: Data, id: String?) {
    if let file = files.file(text), file.isValid, let data = files.content(of: file) {
      return (data, file.id)
    }
    guard files.file(text) == nil, let bytes = Base64Decoder.bytes(of: text) else {
      throw .payload("mime_email", "was expecting base64")
    }
    return (Data(bytes), try? files.store(bytes))
  }

  private static func recipients(
    _ mail: MIMEMessage, _ field: String
  ) throws(VendorRefusal) -> [String: [String]] {
    var lists: [String: [String]] = [:]
    for name in ["To", "Cc", "Bcc"] {
      let found = mail.header(name).map(AddressSyntax.list) ?? []
      for mailbox in found { try PayloadReader.checkMailbox(mailbox, field) }
      lists[name] = found.map(EncodedWord.decoded)
    }
    guard lists.values.contains(where: { !$0.isEmpty }) else {
      throw .payload(field, "was expecting a message with a recipient")
    }
    return lists
  }

  private static func store(
    _ parts: [MIMEMessage.File], _ files: RequestFiles
  ) throws(VendorRefusal) -> ([SandboxAttachment], [SandboxAttachment]) {
    var attachments: [SandboxAttachment] = []
    var inlines: [SandboxAttachment] = []
    for part in parts {
      guard let id = try? files.store(part.content) else { throw .unwritable }
      let file = SandboxAttachment(
        filename: part.contentID ?? part.filename, mimetype: part.mimetype,
        size: part.content.count, contentID: id)
      if part.contentID == nil { attachments.append(file) } else { inlines.append(file) }
    }
    return (attachments, inlines)
  }

  func message(_ call: VendorCall, id: String) -> SandboxMessage {
    let schedule = schedule.map { SandboxSchedule(id: Identifiers.uuid(), date: $0) }
    var headers = mail.headers
    if let schedule {
      headers.append(SandboxHeader(name: "X-Smtp2go-Schedule-Id", value: schedule.id))
    }
    let ignored = (call.body.members ?? []).map(\.name).filter {
      !["mime_email", "schedule", "fastaccept", "api_key", "version"].contains($0)
    }
    return SandboxMessage(
      id: id, requestID: call.requestID, receivedAt: call.now, sender: sender,
      to: lists["To"] ?? [], cc: lists["Cc"] ?? [], bcc: lists["Bcc"] ?? [],
      subject: EncodedWord.decoded(mail.header("Subject") ?? ""), textBody: mail.text,
      htmlBody: mail.html,
      headers: headers, attachments: attachments, inlines: inlines,
      keyUsername: VendorKeys.username(of: call.key.key), schedule: schedule,
      ignoredFields: ignored, isRejected: call.key.status == .sandbox, byteSize: call.byteSize,
      sourceID: sourceID, isSettled: schedule == nil, trackingFaults: call.trackingFaults)
  }
}

extension AddressSyntax {
  /// The mailboxes of an address header: split at commas outside quotes and angle brackets.
  static func list(_ value: String) -> [String] {
    var found: [String] = []
    var current = ""
    var isQuoted = false
    var isEscaped = false
    for character in value {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        found.append(current)
        current = ""
        continue
      }
      current.append(character)
    }
    return (found + [current]).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

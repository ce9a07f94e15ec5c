import Foundation

/// One shape for the state file and for `/_sandbox/messages`; optional fields stand only when set.
extension SandboxMessage {
  /// - Parameter now: when given, the status and the events of that moment are added.
  func json(statusAt now: Date? = nil) -> JSONValue {
    var members: [JSONMember] = []
    members.add("email_id", .string(id))
    members.add("request_id", .string(requestID))
    members.add("received_at", .string(VendorDate.rfc3339Milliseconds(receivedAt)))
    members.add("sender", .string(sender))
    members.add("to", JSONValue(to))
    members.add("cc", JSONValue(cc))
    members.add("bcc", JSONValue(bcc))
    members.add("subject", .string(subject))
    members.addIfSet("text_body", textBody)
    members.addIfSet("html_body", htmlBody)
    members.add("headers", .array(headers.map(\.json)))
    members.add("attachments", .array(attachments.map(\.json)))
    members.add("inlines", .array(inlines.map(\.json)))
    members.add("username", .string(keyUsername))
    members.addIfSet("schedule_id", schedule?.id)
    members.addIfSet("scheduled_for", schedule.map { VendorDate.rfc3339Milliseconds($0.date) })
    members.addIfSet("template_id", templateID)
    members.addIfSet("template_data", templateData)
    members.add("ignored_fields", JSONValue(ignoredFields))
    members.add("is_rejected", .bool(isRejected))
    members.add("byte_size", .integer(byteSize))
    if let now {
      members.add("status", .string(status(at: now)))
      members.add("events", .array(statusEvents.filter { $0.date <= now }.map(\.json)))
    }
    return .object(members)
  }

  init?(json: JSONValue) {
    guard let id = json["email_id"]?.string, let requestID = json["request_id"]?.string,
      let received = json["received_at"]?.string.flatMap(VendorDate.parseMilliseconds),
      let sender = json["sender"]?.string, let username = json["username"]?.string
    else { return nil }
    self.id = id
    self.requestID = requestID
    receivedAt = received
    self.sender = sender
    to = json["to"]?.strings ?? []
    cc = json["cc"]?.strings ?? []
    bcc = json["bcc"]?.strings ?? []
    subject = json["subject"]?.string ?? ""
    textBody = json["text_body"]?.string
    htmlBody = json["html_body"]?.string
    headers = (json["headers"]?.array ?? []).compactMap(SandboxHeader.init(json:))
    attachments = (json["attachments"]?.array ?? []).compactMap(SandboxAttachment.init(json:))
    inlines = (json["inlines"]?.array ?? []).compactMap(SandboxAttachment.init(json:))
    keyUsername = username
    if let id = json["schedule_id"]?.string,
      let date = json["scheduled_for"]?.string.flatMap(VendorDate.parseMilliseconds)
    {
      schedule = SandboxSchedule(id: id, date: date)
    }
    templateID = json["template_id"]?.string
    templateData = json["template_data"]?.string
    ignoredFields = json["ignored_fields"]?.strings ?? []
    isRejected = json["is_rejected"]?.bool ?? false
    byteSize = json["byte_size"]?.integer ?? 0
  }
}

extension SandboxHeader {
  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.string, let value = json["value"]?.string else { return nil }
    self.init(name: name, value: value)
  }

  fileprivate var json: JSONValue { ["name": .string(name), "value": .string(value)] }
}

extension SandboxAttachment {
  fileprivate init?(json: JSONValue) {
    guard let filename = json["filename"]?.string else { return nil }
    self.init(
      filename: filename, mimetype: json["mimetype"]?.string, size: json["size"]?.integer,
      url: json["url"]?.string)
  }

  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("filename", .string(filename))
    members.addIfSet("mimetype", mimetype)
    if let size { members.add("size", .integer(size)) }
    members.addIfSet("url", url)
    return .object(members)
  }
}

extension SandboxEvent {
  fileprivate var json: JSONValue {
    [
      "event": .string(name.rawValue), "date": .string(VendorDate.rfc3339Milliseconds(date)),
      "recipient": .string(recipient),
    ]
  }
}

extension SandboxSMS {
  func json(withSegments: Bool = false) -> JSONValue {
    var members: [JSONMember] = []
    members.add("message_id", .string(id))
    members.add("request_id", .string(requestID))
    members.add("received_at", .string(VendorDate.rfc3339Milliseconds(receivedAt)))
    members.add("destination", .string(destination))
    members.add("content", .string(content))
    members.addIfSet("sender", sender)
    members.add("username", .string(keyUsername))
    if withSegments {
      let segmentation = segmentation
      members.add("encoding", .string(segmentation.encoding.rawValue))
      members.add("units", .integer(segmentation.units))
      members.add("segments", .integer(segmentation.segments))
    }
    return .object(members)
  }

  init?(json: JSONValue) {
    guard let id = json["message_id"]?.string, let requestID = json["request_id"]?.string,
      let received = json["received_at"]?.string.flatMap(VendorDate.parseMilliseconds),
      let destination = json["destination"]?.string, let content = json["content"]?.string,
      let username = json["username"]?.string
    else { return nil }
    self.init(
      id: id, requestID: requestID, receivedAt: received, destination: destination,
      content: content, sender: json["sender"]?.string, keyUsername: username)
  }
}

extension [JSONMember] {
  mutating func add(_ name: String, _ value: JSONValue) {
    append(JSONMember(name: name, value: value))
  }

  mutating func addIfSet(_ name: String, _ text: String?) {
    if let text { add(name, .string(text)) }
  }
}

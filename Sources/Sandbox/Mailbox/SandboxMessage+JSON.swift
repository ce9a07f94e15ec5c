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
    members.addIfSet("source_id", sourceID)
    if !fates.isEmpty { members.add("fates", .array(fates.map(\.json))) }
    if !laterEvents.isEmpty { members.add("later_events", .array(laterEvents.map(\.json))) }
    if isCancelled { members.add("is_cancelled", true) }
    if !isSettled { members.add("is_settled", false) }
    if !trackingFaults.isEmpty {
      members.add("tracking_faults", JSONValue(trackingFaults.map(\.rawValue)))
    }
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
    sourceID = json["source_id"]?.string
    fates = (json["fates"]?.array ?? []).compactMap(SandboxFate.init(json:))
    laterEvents = (json["later_events"]?.array ?? []).compactMap(SandboxEvent.init(json:))
    isCancelled = json["is_cancelled"]?.bool ?? false
    isSettled = json["is_settled"]?.bool ?? true
    trackingFaults = (json["tracking_faults"]?.strings ?? [])
      .compactMap(SandboxFault.init(rawValue:))
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
      url: json["url"]?.string, contentID: json["content_id"]?.string)
  }

  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("filename", .string(filename))
    members.addIfSet("mimetype", mimetype)
    if let size { members.add("size", .integer(size)) }
    members.addIfSet("url", url)
    members.addIfSet("content_id", contentID)
    return .object(members)
  }
}

extension SandboxFate {
  init?(json: JSONValue) {
    guard let recipient = json["recipient"]?.string else { return nil }
    self.init(
      recipient: recipient,
      events: (json["events"]?.strings ?? []).compactMap(SandboxEvent.Name.init(rawValue:)),
      reason: json["reason"]?.string)
  }

  var json: JSONValue {
    var members: [JSONMember] = []
    members.add("recipient", .string(recipient))
    members.add("events", JSONValue(events.map(\.rawValue)))
    members.addIfSet("reason", reason)
    return .object(members)
  }
}

extension SandboxEvent {
  init?(json: JSONValue) {
    guard let name = json["event"]?.string.flatMap(Name.init(rawValue:)),
      let date = json["date"]?.string.flatMap(VendorDate.parseMilliseconds),
      let recipient = json["recipient"]?.string
    else { return nil }
    self.init(name: name, date: date, recipient: recipient, reason: json["reason"]?.string)
  }

  var json: JSONValue {
    var members: [JSONMember] = []
    members.add("event", .string(name.rawValue))
    members.add("date", .string(VendorDate.rfc3339Milliseconds(date)))
    members.add("recipient", .string(recipient))
    members.addIfSet("reason", reason)
    return .object(members)
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

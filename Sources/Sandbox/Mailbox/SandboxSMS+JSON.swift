import Foundation

/// One shape for the state file and for `/_sandbox/sms`.
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
    if outcome != .delivered || withSegments { members.add("outcome", .string(outcome.rawValue)) }
    if !trackingFaults.isEmpty {
      members.add("tracking_faults", JSONValue(trackingFaults.map(\.rawValue)))
    }
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
    outcome = json["outcome"]?.string.flatMap(Outcome.init(rawValue:)) ?? .delivered
    trackingFaults = (json["tracking_faults"]?.strings ?? [])
      .compactMap(SandboxFault.init(rawValue:))
  }
}

extension SandboxReply {
  init?(json: JSONValue) {
    guard let id = json["message_id"]?.string,
      let received = json["received_at"]?.string.flatMap(VendorDate.parseMilliseconds),
      let source = json["source"]?.string, let destination = json["destination"]?.string,
      let content = json["content"]?.string, let username = json["username"]?.string
    else { return nil }
    self.init(
      id: id, receivedAt: received, source: source, destination: destination, content: content,
      keyUsername: username)
  }

  var json: JSONValue {
    [
      "message_id": .string(id),
      "received_at": .string(VendorDate.rfc3339Milliseconds(receivedAt)),
      "source": .string(source), "destination": .string(destination),
      "content": .string(content), "username": .string(keyUsername),
    ]
  }
}

import Foundation

extension EmailSend {
  /// The message that leaves, with the headers the vendor would write.
  func message(_ call: VendorCall, id: String) -> SandboxMessage {
    let schedule = schedule.map { SandboxSchedule(id: Identifiers.uuid(), date: $0) }
    return SandboxMessage(
      id: id, requestID: call.requestID, receivedAt: call.now, sender: sender, to: to, cc: cc,
      bcc: bcc, subject: subject, textBody: textBody, htmlBody: htmlBody,
      headers: headers(id: id, at: call.now, scheduleID: schedule?.id), attachments: attachments,
      inlines: inlines, keyUsername: VendorKeys.username(of: call.key.key), schedule: schedule,
      templateID: templateID, templateData: templateData, ignoredFields: ignoredFields,
      isRejected: call.key.status == .sandbox, byteSize: call.byteSize,
      isSettled: schedule == nil, trackingFaults: call.trackingFaults)
  }

  /// Generated headers first, then the caller's; one that the caller sets replaces the generated.
  private func headers(id: String, at now: Date, scheduleID: String?) -> [SandboxHeader] {
    var generated = [
      SandboxHeader(name: "From", value: sender),
      SandboxHeader(name: "To", value: to.joined(separator: ", ")),
    ]
    if !cc.isEmpty {
      generated.append(SandboxHeader(name: "Cc", value: cc.joined(separator: ", ")))
    }
    generated += [
      SandboxHeader(name: "Subject", value: subject),
      SandboxHeader(name: "Date", value: VendorDate.rfc5322(schedule ?? now)),
      SandboxHeader(name: "Message-ID", value: "<E\(id)@sandbox.invalid>"),
    ]
    if let scheduleID {
      generated.append(SandboxHeader(name: "X-Smtp2go-Schedule-Id", value: scheduleID))
    }
    let kept = generated.filter { header in
      !customHeaders.contains { $0.name.isSameHeader(as: header.name) }
    }
    return kept + customHeaders
  }
}

extension SandboxMessage {
  /// `data` of the answer: the id of the mail, or of the schedule; counters unless fast-accepted.
  func acceptance(isFastAccept: Bool) -> JSONValue {
    var members: [JSONMember] = []
    if !isFastAccept {
      members.add("succeeded", 1)
      members.add("failed", 0)
      members.add("failures", [])
    }
    if let schedule {
      members.add("schedule_id", .string(schedule.id))
    } else {
      members.add("email_id", .string(id))
    }
    return .object(members)
  }
}

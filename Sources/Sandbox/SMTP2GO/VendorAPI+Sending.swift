import Foundation

extension VendorAPI {
  func sendEmail(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let send = try EmailSend(
      call.body, now: call.now, files: call.files, templates: store.account(\.templates))
    if let refused = try refusal(of: send.sender) { return refused }
    let message = send.message(call, id: Identifiers.email(at: call.now))
    try accept([message], call)
    return message.acceptance(isFastAccept: send.isFastAccept)
  }

  func sendMIME(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let send = try EmailMIME(call.body, now: call.now, files: call.files)
    if let refused = try refusal(of: send.sender) { return refused }
    let message = send.message(call, id: Identifiers.email(at: call.now))
    try accept([message], call)
    return message.acceptance(isFastAccept: send.isFastAccept)
  }

  /// All or nothing: how the real service reports a bad element is not known.
  func sendBatch(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    guard let items = call.payload.present("emails") else {
      throw PayloadReader.missing("emails")
    }
    guard let emails = items.array, emails.allSatisfy({ $0.members != nil }) else {
      throw PayloadReader.wrongType("emails", "array of objects", items)
    }
    guard emails.count <= 1000 else {
      throw .payload(
        "emails", "was expecting at most 1000 entries but instead found \(emails.count)")
    }
    let templates = store.account(\.templates)
    var messages: [SandboxMessage] = []
    for email in emails {
      let send = try EmailSend(email, now: call.now, files: call.files, templates: templates)
      if let refused = try refusal(of: send.sender) { return .array([refused]) }
      messages.append(send.message(call, id: Identifiers.email(at: call.now)))
    }
    try accept(messages, call)
    return .array(messages.map { $0.acceptance(isFastAccept: true) })
  }

  private func accept(
    _ messages: [SandboxMessage], _ call: VendorCall
  ) throws(VendorRefusal) {
    // Before, not after: a mail that is on record must never lose its files.
    call.files.keep()
    do {
      for message in messages { try postRoom.accept(message) }
    } catch {
      throw .unwritable
    }
  }

  /// How an unverified sender is refused: the vendor's documents leave two ways open.
  private func refusal(of sender: String) throws(VendorRefusal) -> JSONValue? {
    let address = AddressSyntax.address(of: sender)
    guard !store.account({ $0.mayWrite(as: address) }) else { return nil }
    switch settings.values.unverifiedSenderAnswer {
    case .error: throw .unverified(address)
    case .failures:
      let text = "550 " + VendorRefusal.unverifiedText(address)
      return ["succeeded": 0, "failed": 1, "failures": [.string(text)]]
    }
  }

  func sendSMS(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let messages = try SMSSend(call.body).messages(call)
    do {
      try postRoom.accept(messages)
    } catch {
      throw .unwritable
    }
    return SMSSend.acceptance(messages)
  }

  func searchActivity(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let search = try ActivitySearch(call.body, now: call.now)
    let values = settings.values
    return search.answer(
      over: store.messages, delay: values.activityDelay.inSeconds,
      lateness: values.lateness.inSeconds)
  }
}

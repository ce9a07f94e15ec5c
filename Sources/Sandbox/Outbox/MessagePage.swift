import Foundation

/// One e-mail in full.
struct MessagePage {
  let message: SandboxMessage
  let now: Date

  var markup: Markup {
    """
    <p class="back"><a href="/">← Outbox</a></p>
    <article class="message"><h1>\(message.subject.isEmpty ? "(no subject)" : message.subject)</h1>
    \(notice)
    <dl class="facts">\(Markup(joining: facts))</dl>
    \(files)\(html)\(text)
    <details><summary>Headers (\(message.headers.count))</summary>\(headers)</details>
    <details><summary>Events (\(events.count))</summary>\(eventTable)</details>
    <p><a href="/messages/\(message.id)/source">Source</a></p>
    <details><summary>JSON</summary><pre>\(IndentedJSON.text(message.json(statusAt: now)))</pre>
    <p><a href="/_sandbox/messages/\(message.id)">/_sandbox/messages/\(message.id)</a></p></details>
    </article>
    """
  }

  private var events: [SandboxEvent] { message.statusEvents.filter { $0.date <= now } }

  private var notice: Markup? {
    guard !message.ignoredFields.isEmpty else { return nil }
    let fields = message.ignoredFields.joined(separator: ", ")
    return """
      <p class="warning">The request carried fields that the API does not document: \
      <code>\(fields)</code>. They were ignored here; the real service may refuse them.</p>
      """
  }

  private var facts: [Markup] {
    var facts: [Markup] = [fact("From", message.sender)]
    for (name, list) in [("To", message.to), ("Cc", message.cc), ("Bcc", message.bcc)] {
      if !list.isEmpty { facts.append(fact(name, list.joined(separator: ", "))) }
    }
    facts.append(fact("Received", OutboxPages.time(message.receivedAt)))
    if let schedule = message.schedule {
      facts.append(fact("Leaves", OutboxPages.time(schedule.date)))
    }
    facts.append("<dt>Status</dt><dd>\(StatusBadge.markup(message.status(at: now)))</dd>")
    for name in [OutboxPages.operationHeader, "Reply-To", "List-Unsubscribe"] {
      if let value = message.header(name) { facts.append(fact(name, value)) }
    }
    facts.append(fact("email_id", message.id))
    facts.append(fact("request_id", message.requestID))
    facts.append(fact("Key", message.keyUsername + "…"))
    if let template = message.templateID { facts.append(fact("Template", template)) }
    return facts
  }

  private func fact(_ name: String, _ value: String) -> Markup {
    "<dt>\(name)</dt><dd>\(value)</dd>"
  }

  private var files: Markup? {
    guard !message.attachments.isEmpty || !message.inlines.isEmpty else { return nil }
    let items =
      message.attachments.enumerated().map { item($1, "attachments/\($0)") }
      + message.inlines.enumerated().map { item($1, "inlines/\($0)") }
    return "<h2>Files</h2><ul class=\"files\">\(Markup(joining: items))</ul>"
  }

  private func item(_ file: SandboxAttachment, _ path: String) -> Markup {
    let size = file.size.map(Self.size) ?? file.url ?? ""
    let about = [file.mimetype, size, path.hasPrefix("inlines") ? "inline" : nil]
      .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
    let name: Markup =
      file.contentID == nil
      ? "\(file.filename)"
      : "<a href=\"/messages/\(message.id)/\(path)\" download>\(file.filename)</a>"
    return "<li>\(name) <span class=\"muted\">\(about)</span></li>"
  }

  private static func size(_ bytes: Int) -> String {
    if bytes < 10_000 { return "\(bytes) bytes" }
    return bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
  }

  /// The frame has an opaque origin, runs no script, submits no form and opens no window.
  private var html: Markup? {
    guard message.htmlBody != nil else { return nil }
    return """
      <h2>HTML</h2>
      <iframe title="The message as HTML" sandbox="" referrerpolicy="no-referrer" \
      src="/messages/\(message.id)/html"></iframe>
      """
  }

  private var text: Markup? {
    message.textBody.map { "<h2>Text</h2><pre class=\"body\">\($0)</pre>" }
  }

  private var headers: Markup {
    let rows = message.headers.map { header -> Markup in
      "<tr><th scope=\"row\">\(header.name)</th><td>\(header.value)</td></tr>"
    }
    return "<table>\(Markup(joining: rows))</table>"
  }

  private var eventTable: Markup {
    let rows = events.map { event -> Markup in
      """
      <tr><th scope="row">\(event.name.rawValue)</th><td>\(event.recipient)</td>
      <td>\(event.reason ?? "")</td><td>\(OutboxPages.time(event.date))</td></tr>
      """
    }
    return "<table>\(Markup(joining: rows))</table>"
  }
}

/// JSON for the eye.
enum IndentedJSON {
  static func text(_ value: JSONValue, indent: String = "") -> String {
    let deeper = indent + "  "
    switch value {
    case .array(let items) where !items.isEmpty:
      let lines = items.map { deeper + text($0, indent: deeper) }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map {
        deeper + JSONValue.string($0.name).text + ": " + text($0.value, indent: deeper)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    default: return value.text
    }
  }
}

import Foundation
import HTTPTypes
import Hummingbird

/// The pages of the outbox. They need no script and ask nobody else for anything.
struct OutboxPages: Sendable {
  /// The header under which AIOM marks the operation behind a message.
  static let operationHeader = "X-AIOM-Operation"
  static let pageSize = 50

  let store: MailboxStore
  let clock: @Sendable () -> Date

  func respond(to request: Request, at path: [String]) -> Response {
    let page = max(1, request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1)
    switch (path.first, path.count) {
    case (nil, 0): return html(messageList(page, request), tab: .email)
    case ("sms", 1): return html(smsList(page), tab: .sms)
    case ("messages", 2): return messagePage(path[1])
    default: return html(missing, status: .notFound)
    }
  }

  private func messagePage(_ id: String) -> Response {
    guard let message = store.message(id: id) else { return html(missing, status: .notFound) }
    return html(MessagePage(message: message, now: clock()).markup, frame: true, tab: .email)
  }

  private var missing: Markup {
    """
    <section class="empty"><h2>Not here</h2>
    <p>There is no such page, or the outbox was cleared.</p>
    <p><a class="button" href="/">Back to the outbox</a></p></section>
    """
  }

  // MARK: - Lists

  private func messageList(_ page: Int, _ request: Request) -> Markup {
    let messages = store.messages
    guard !messages.isEmpty else { return Self.emptyOutbox(host: request.head.authority ?? "") }
    let shown = Self.newest(messages, page: page)
    let now = clock()
    return """
      \(bar(count: messages.count, noun: "message"))
      <div class="list" role="list">\(Markup(joining: shown.map { row($0, now: now) }))</div>
      \(pager(path: "/", page: page, total: messages.count))
      """
  }

  private func row(_ message: SandboxMessage, now: Date) -> Markup {
    let recipients = message.to + message.cc + message.bcc
    let more = recipients.count - 1
    let others: Markup = more > 0 ? "<span class=\"more\">+\(more)</span>" : ""
    let operation: Markup? = message.header(Self.operationHeader).map {
      "<code title=\"\(Self.operationHeader)\">\($0)</code>"
    }
    let subject = message.subject.isEmpty ? "(no subject)" : message.subject
    return """
      <a class="row" role="listitem" href="/messages/\(message.id)">
      <span class="to"><span class="who">\(recipients.first ?? "")</span>\(others)</span>
      <span class="subject">\(subject)</span>
      <span class="operation">\(operation)</span>
      <span class="status">\(StatusBadge.markup(message.status(at: now)))</span>
      <time datetime="\(VendorDate.rfc3339(message.receivedAt))">\(Self.time(message.receivedAt))</time>
      </a>
      """
  }

  private func smsList(_ page: Int) -> Markup {
    let messages = store.sms
    guard !messages.isEmpty else { return Self.emptySMS }
    return """
      \(bar(count: messages.count, noun: "text message"))
      <div class="list">\(Markup(joining: Self.newest(messages, page: page).map(smsRow)))</div>
      \(pager(path: "/sms", page: page, total: messages.count))
      """
  }

  private func smsRow(_ message: SandboxSMS) -> Markup {
    let segmentation = message.segmentation
    let noun = segmentation.segments == 1 ? "segment" : "segments"
    return """
      <article class="sms"><header><strong>\(message.destination)</strong>
      <span class="muted">from \(message.sender ?? "the shared number")</span>
      <time datetime="\(VendorDate.rfc3339(message.receivedAt))">\(Self.time(message.receivedAt))</time>
      </header><p>\(message.content)</p>
      <footer>\(segmentation.segments) \(noun) · \(segmentation.units) units · \
      \(segmentation.encoding.rawValue) · <code>\(message.id)</code></footer></article>
      """
  }

  private func bar(count: Int, noun: String) -> Markup {
    """
    <div class="bar"><span>\(count) \(count == 1 ? noun : noun + "s"), newest first</span>
    <form method="post" action="/_sandbox/clear"><a class="button" href="">Refresh</a>
    <button class="button danger">Clear all</button></form></div>
    """
  }

  private func pager(path: String, page: Int, total: Int) -> Markup {
    let pages = (total + Self.pageSize - 1) / Self.pageSize
    guard pages > 1 else { return "" }
    let newer: Markup? =
      page > 1 ? "<a class=\"button\" href=\"\(path)?page=\(page - 1)\">Newer</a>" : nil
    let older: Markup? =
      page < pages ? "<a class=\"button\" href=\"\(path)?page=\(page + 1)\">Older</a>" : nil
    return "<nav class=\"pager\">\(newer)<span>Page \(page) of \(pages)</span>\(older)</nav>"
  }

  private static func newest<Item>(_ items: [Item], page: Int) -> [Item] {
    let end = max(0, items.count - (min(page, items.count) - 1) * pageSize)
    return items[max(0, end - pageSize)..<end].reversed()
  }

  /// `22 Nov 2026, 16:31:12 UTC`.
  static func time(_ date: Date) -> String {
    let words = VendorDate.rfc5322(date).split(separator: " ")
    return "\(words[1]) \(words[2]) \(words[3]), \(words[4]) UTC"
  }

  // MARK: - The frame around every page

  private enum Tab { case email, sms }

  private static let current: Markup = " aria-current=\"page\""

  private func html(
    _ content: Markup, status: HTTPResponse.Status = .ok, frame: Bool = false, tab: Tab? = nil
  ) -> Response {
    let counts = store.counts
    let page: Markup = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>SMTP2GO sandbox</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,"><link rel="stylesheet" href="/_sandbox/style.css"></head>
      <body><header class="top"><div class="inner"><a class="brand" href="/">SMTP2GO sandbox</a>
      <nav><a href="/"\(tab == .email ? Self.current : nil)>E-mail <b>\(counts.messages)</b></a>
      <a href="/sms"\(tab == .sms ? Self.current : nil)>SMS <b>\(counts.sms)</b></a>
      <a href="/_sandbox/summary">JSON</a></nav>
      <span class="note">Nothing on this page has left this machine.</span></div></header>
      <main>\(content)</main></body></html>
      """
    var response = Response.bytes(
      Array(page.html.utf8), type: "text/html; charset=utf-8", status: status)
    response.headers[.contentSecurityPolicy] = Self.policy(withMail: frame)
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// A frame made from a document's text inherits this policy, so the page that shows a mail must
  /// let that mail's own styles through. Nothing lets a script or another host through.
  private static func policy(withMail: Bool) -> String {
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
      + "style-src 'self'" + (withMail ? " 'unsafe-inline'" : "") + "; img-src data:"
  }
}

extension OutboxPages {
  private static func emptyOutbox(host: String) -> Markup {
    """
    <section class="empty"><h2>No mail yet</h2>
    <p>This is a local stand-in for SMTP2GO. Point a client at this address and whatever it sends
    shows up here; nothing is delivered to anybody.</p>
    <pre>curl -X POST http://\(host)/v3/email/send \\
      -H 'X-Smtp2go-Api-Key: \(SandboxConfiguration.defaultKey)' \\
      -d '{"sender":"Me &lt;me@example.com&gt;","to":["you@example.org"],
           "subject":"Hello","text_body":"It works"}'</pre>
    <p>Then <a href="">refresh</a>. To see a client fail, switch a fault on:</p>
    <pre>curl -X POST http://\(host)/_sandbox/faults \\
      -d '{"fault":"hang_after_accepting","count":1}'</pre>
    </section>
    """
  }

  private static let emptySMS: Markup = """
    <section class="empty"><h2>No text messages yet</h2>
    <p>Messages sent through <code>/v3/sms/send</code> show up here with their encoding and their
    number of segments, which is what the provider charges for.</p></section>
    """
}

/// The state of a message as a coloured word.
enum StatusBadge {
  static func markup(_ status: String) -> Markup {
    "<span class=\"badge \(status)\">\(status)</span>"
  }
}

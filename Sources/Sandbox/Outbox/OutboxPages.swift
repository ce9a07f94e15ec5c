import Foundation
import HTTPTypes
import Hummingbird

/// The pages of the outbox. They need no script and ask nobody else for anything.
struct OutboxPages: Sendable {
  /// The header under which AIOM marks the operation behind a message.
  static let operationHeader = "X-AIOM-Operation"
  static let pageSize = 50

  let postRoom: PostRoom

  private var store: MailboxStore { postRoom.store }

  func respond(to request: Request, at path: [String]) -> Response {
    postRoom.settle()
    let view = OutboxView(request)
    switch (path.first, path.count) {
    case (nil, 0): return html(messageList(view, request), tab: .email)
    case ("sms", 1): return html(smsList(view), tab: .sms)
    case ("webhooks", 1):
      let page = WebhookPage(
        webhooks: store.account(\.webhooks), report: postRoom.courier.report)
      return html(page.markup, tab: .webhooks)
    case ("messages", 2): return messagePage(path[1])
    case ("messages", 3...):
      let response = store.message(id: path[1]).flatMap {
        FileResponses(spool: store.spool).respond($0, Array(path.dropFirst(2)))
      }
      return response ?? html(missing, status: .notFound)
    default: return html(missing, status: .notFound)
    }
  }

  private func messagePage(_ id: String) -> Response {
    guard let message = store.message(id: id) else { return html(missing, status: .notFound) }
    return html(MessagePage(message: message, now: postRoom.now).markup, tab: .email)
  }

  private var missing: Markup {
    """
    <section class="empty"><h2>Not here</h2>
    <p>There is no such page, or the outbox was cleared.</p>
    <p><a class="button" href="/">Back to the outbox</a></p></section>
    """
  }

  // MARK: - Lists

  private func messageList(_ view: OutboxView, _ request: Request) -> Markup {
    let all = store.messages
    guard !all.isEmpty else { return Self.emptyOutbox(host: request.head.authority ?? "") }
    let messages = view.search.isEmpty ? Array(all) : all.filter(view.query.matches)
    let shown = Self.newest(messages, page: view.page)
    let now = postRoom.now
    return """
      \(bar(view, count: messages.count, noun: "message"))
      \(list(shown.map { row($0, now: now) }))
      \(pager(view, total: messages.count))
      """
  }

  private func list(_ rows: [Markup]) -> Markup {
    guard !rows.isEmpty else { return "<p class=\"card muted\">Nothing found.</p>" }
    return "<div class=\"list\" role=\"list\">\(Markup(joining: rows))</div>"
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

  private func smsList(_ view: OutboxView) -> Markup {
    let all = store.sms
    let replies = Markup(joining: store.account(\.replies).suffix(20).reversed().map(replyRow))
    guard !all.isEmpty || !replies.html.isEmpty else { return Self.emptySMS }
    let messages = view.search.isEmpty ? all : all.filter(view.query.matches)
    let heading: Markup? =
      replies.html.isEmpty ? nil : "<h2 class=\"section\">Latest answers</h2>"
    return """
      \(bar(view, count: messages.count, noun: "text message"))
      \(list(Self.newest(messages, page: view.page).map(smsRow)))
      \(pager(view, total: messages.count))
      \(heading)\(replies.html.isEmpty ? nil : list([replies]))
      """
  }

  private func replyRow(_ reply: SandboxReply) -> Markup {
    """
    <article class="sms" role="listitem"><header><strong>\(reply.source)</strong>
    <span class="muted">to \(reply.destination)</span>
    <time datetime="\(VendorDate.rfc3339(reply.receivedAt))">\(Self.time(reply.receivedAt))</time>
    </header><p>\(reply.content)</p></article>
    """
  }

  private func smsRow(_ message: SandboxSMS) -> Markup {
    let segmentation = message.segmentation
    let noun = segmentation.segments == 1 ? "segment" : "segments"
    return """
      <article class="sms" role="listitem"><header><strong>\(message.destination)</strong>
      <span class="muted">from \(message.sender ?? "the shared number")</span>
      \(StatusBadge.markup(message.outcome.rawValue))
      <time datetime="\(VendorDate.rfc3339(message.receivedAt))">\(Self.time(message.receivedAt))</time>
      </header><p>\(message.content)</p>
      <footer>\(segmentation.segments) \(noun) · \(segmentation.units) units · \
      \(segmentation.encoding.rawValue) · <code>\(message.id)</code></footer></article>
      """
  }

  private func bar(_ view: OutboxView, count: Int, noun: String) -> Markup {
    """
    <div class="bar"><span>\(count) \(count == 1 ? noun : noun + "s"), newest first</span>
    <form class="search" method="get" role="search" action="\(view.path)">
    <input type="search" name="q" value="\(view.search)" aria-label="Search" \
    placeholder="Search">
    <button class="button">Search</button></form>
    <form method="post" action="/_sandbox/clear"><a class="button" href="">Refresh</a>
    <button class="button danger">Clear all</button></form></div>
    """
  }

  private func pager(_ view: OutboxView, total: Int) -> Markup {
    let pages = (total + Self.pageSize - 1) / Self.pageSize
    guard pages > 1 else { return "" }
    let page = view.page
    let newer: Markup? =
      page > 1 ? "<a class=\"button\" href=\"\(view.link(page - 1))\">Newer</a>" : nil
    let older: Markup? =
      page < pages ? "<a class=\"button\" href=\"\(view.link(page + 1))\">Older</a>" : nil
    return "<nav class=\"pager\">\(newer)<span>Page \(page) of \(pages)</span>\(older)</nav>"
  }

  private static func newest<Item>(_ items: [Item], page: Int) -> [Item] {
    guard !items.isEmpty else { return [] }
    let end = max(0, items.count - (min(page, items.count) - 1) * pageSize)
    return items[max(0, end - pageSize)..<end].reversed()
  }

  /// `22 Nov 2026, 16:31:12 UTC`.
  static func time(_ date: Date) -> String {
    let words = VendorDate.rfc5322(date).split(separator: " ")
    return "\(words[1]) \(words[2]) \(words[3]), \(words[4]) UTC"
  }

  // MARK: - The frame around every page

  private enum Tab { case email, sms, webhooks }

  private static let current: Markup = " aria-current=\"page\""

  private func html(
    _ content: Markup, status: HTTPResponse.Status = .ok, tab: Tab? = nil
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
      <a href="/webhooks"\(tab == .webhooks ? Self.current : nil)>Webhooks</a>
      <a href="/_sandbox/summary">JSON</a></nav>
      <span class="note">Nothing on this page has left this machine.</span></div></header>
      <main>\(content)</main></body></html>
      """
    var response = Response.bytes(
      Array(page.html.utf8), type: "text/html; charset=utf-8", status: status)
    response.headers[.contentSecurityPolicy] = Self.policy
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// The pages need no script, and nothing from another host. A mail's own styles stay in its frame,
  /// which has a policy of its own.
  private static let policy =
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    + "style-src 'self'; img-src data:; frame-src 'self'"
}

/// Which part of a list is looked at.
private struct OutboxView {
  let path: String
  let page: Int
  let query: OutboxQuery
  /// As typed.
  let search: String

  init(_ request: Request) {
    path = request.uri.path
    page = max(1, request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1)
    query = OutboxQuery(request)
    search = query.text == nil ? "" : request.uri.queryParameters["q"].map(String.init) ?? ""
  }

  func link(_ page: Int) -> String {
    guard !search.isEmpty else { return "\(path)?page=\(page)" }
    let text = search.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return "\(path)?page=\(page)&q=\(text)"
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

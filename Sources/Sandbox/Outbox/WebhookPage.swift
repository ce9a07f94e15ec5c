import Foundation

/// Who is told of events, and how it went.
struct WebhookPage {
  let webhooks: [SandboxWebhook]
  let report: WebhookCourier.Report

  var markup: Markup {
    guard !webhooks.isEmpty else { return Self.empty }
    return """
      <div class="bar"><span>\(webhooks.count) registered · \(report.pending) to be posted, \
      \(report.waiting) of them waiting for another try</span>
      <a class="button" href="">Refresh</a></div>
      <div class="list">\(Markup(joining: webhooks.map(row)))</div>
      <h2 class="section">Latest posts</h2>
      <div class="card scroll">\(attempts)</div>
      """
  }

  private func row(_ webhook: SandboxWebhook) -> Markup {
    let events = webhook.events + webhook.smsEvents.map { "sms_" + $0 }
    let isReachable = LoopbackAddress(webhook.url) != nil
    let notice: Markup? =
      isReachable
      ? nil
      : "<p class=\"warning\">Not an address of this machine: the sandbox never posts to it.</p>"
    return """
      <article class="sms"><header><strong>\(Self.shown(webhook.url))</strong>
      <span class="muted">no. \(webhook.id) · \(webhook.format.rawValue) · \
      \(webhook.authentication == .none ? "no" : webhook.authentication.rawValue) authorization\
      </span></header>\(notice)<p>\(events.joined(separator: ", "))</p>
      <footer>echoes \(webhook.headers.isEmpty ? "no header" : webhook.headers.joined(separator: ", "))
      </footer></article>
      """
  }

  /// The last part of a path may be a secret.
  private static func shown(_ url: String) -> String {
    guard var parts = URLComponents(string: url) else { return "?" }
    parts.user = nil
    parts.password = nil
    parts.query = nil
    let names = parts.path.split(separator: "/")
    if let last = names.last, last.count > 12 {
      parts.path = "/" + (names.dropLast() + [last.prefix(4) + "…"]).joined(separator: "/")
    }
    return parts.string?.removingPercentEncoding ?? "?"
  }

  private var attempts: Markup {
    let rows = report.log.latest.reversed().prefix(100).map { attempt -> Markup in
      let status = attempt.status.map(String.init) ?? "no answer"
      return """
        <tr><td><time>\(OutboxPages.time(attempt.date))</time></td><td>\(attempt.event)</td>
        <td>\(StatusBadge.markup(attempt.outcome.rawValue))</td><td>\(status)</td>
        <td>no. \(attempt.number)</td><td><code>\(attempt.messageID)</code></td></tr>
        """
    }
    guard !rows.isEmpty else { return "<p class=\"muted\">None yet.</p>" }
    return """
      <table><thead><tr><th>Time</th><th>Event</th><th>Outcome</th><th>Status</th><th>Try</th>
      <th>Message</th></tr></thead><tbody>\(Markup(joining: rows))</tbody></table>
      """
  }

  private static let empty: Markup = """
    <section class="empty"><h2>No webhooks</h2>
    <p>A client registers one with <code>/v3/webhook/add</code>; its events are then posted to it,
    if it is on this machine, and shown here.</p></section>
    """
}

import Foundation

/// Whether an incoming message was written by a machine.
///
/// Odoo keeps no headers (`Auto-Submitted`, `Precedence`) of what it receives, so that subject and sender
/// have to say it. In doubt it is a person's: that holds messages back for a while and loses nothing.
enum AutomaticAnswer {
  /// - Parameters:
  ///   - from: a mailbox as Odoo stores it, with or without a name.
  ///   - type: `mail.message.message_type`.
  static func isLikely(subject: String?, from: String?, type: String?) -> Bool {
    if type == "out_of_office" || type == "auto_comment" { return true }
    if let from, senders.contains(where: { localPart(from).hasPrefix($0) }) { return true }
    guard let subject = subject?.lowercased() else { return false }
    let text = subject.trimmingCharacters(in: .whitespaces)
    return prefixes.contains { text.hasPrefix($0) } || parts.contains { text.contains($0) }
  }

  private static func localPart(_ from: String) -> String {
    let address = from.lastIndex(of: "<").map { from[from.index(after: $0)...] } ?? from[...]
    return address.prefix { $0 != "@" }.lowercased()
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static let senders = [
    "mailer-daemon", "postmaster", "no-reply", "noreply", "no.reply", "do-not-reply", "donotreply",
    "bounce", "autoreply", "auto-reply", "automailer",
  ]

  /// At the beginning alone: inside a sentence a person may have written them.
  private static let prefixes = [
    "auto:", "autoreply", "auto-reply", "auto reply", "automatic reply", "automated reply",
    "automatic response", "automated response", "out of office", "out of the office", "ooo:",
    "automatische antwort", "automatische rückmeldung", "automatisch antwoord",
    "automatisch antwoorden", "réponse automatique", "respuesta automática", "risposta automatica",
    "resposta automática", "autosvar", "automatyczna odpowiedź", "undeliverable", "undelivered",
    "delivery status notification", "mail delivery failed", "returned mail", "read:", "gelesen:",
  ]

  private static let parts = [
    "(out of office)", "[out of office]", "abwesenheitsnotiz", "abwesenheitsmeldung",
    "abwesenheitsassistent", "absence du bureau", "fuera de la oficina", "fuori ufficio",
    "afwezigheidsbericht", "autoreply]", "[auto-reply]", "[autoreply",
  ]
}

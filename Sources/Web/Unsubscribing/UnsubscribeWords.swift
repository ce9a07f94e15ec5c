import Decisions
import Engine

/// The words of the unsubscribe pages.
struct UnsubscribeWords: Sendable {
  let language: PageLanguage
  private let page: UnsubscribePage

  init(_ page: UnsubscribePage) {
    self.page = page
    language = PageLanguage(tag: page.language)
  }

  var question: String {
    switch (language, page.channel) {
    case (.english, .email): "Stop e-mail from \(page.organisation)?"
    case (.english, .sms): "Stop text messages from \(page.organisation)?"
    case (.german, .email): "Keine E-Mails mehr von \(page.organisation)?"
    case (.german, .sms): "Keine SMS mehr von \(page.organisation)?"
    }
  }

  /// What will stop, and what will not.
  var consequence: String {
    switch (language, page.extent) {
    case (.english, .optional):
      "Reminders, offers and other messages that nobody has to send you will stop. Notices that the "
        + "law requires may still come."
    case (.english, .everything): "You will get none of these messages from us any more."
    case (.german, .optional):
      "Sie erhalten keine Erinnerungen, Angebote und anderen Nachrichten mehr, die wir nicht senden "
        + "müssen. Gesetzlich vorgeschriebene Mitteilungen können weiterhin kommen."
    case (.german, .everything): "Sie erhalten keine dieser Nachrichten mehr von uns."
    case (.english, .rehearsal):
      "This message was sent in a rehearsal. Whatever you do here, nobody is unsubscribed."
    case (.german, .rehearsal):
      "Diese Nachricht gehört zu einer Probe. Was immer Sie hier tun, niemand wird abgemeldet."
    }
  }

  var button: String {
    switch language {
    case .english: "Unsubscribe"
    case .german: "Abmelden"
    }
  }

  var done: String {
    switch (language, page.extent) {
    case (.english, .rehearsal): "This was a rehearsal"
    case (.german, .rehearsal): "Das war eine Probe"
    case (.english, _): "You are unsubscribed"
    case (.german, _): "Sie sind abgemeldet"
    }
  }

  var afterwards: String {
    switch (language, page.extent) {
    case (.english, .rehearsal): "You can close this page."
    case (.german, .rehearsal): "Sie können diese Seite schließen."
    case (.english, _):
      "It takes effect at once. A message that was already on its way may still arrive. Nothing else "
        + "needs to be done; you can close this page."
    case (.german, _):
      "Das gilt ab sofort. Eine Nachricht, die schon unterwegs war, kann noch ankommen. Sie müssen "
        + "nichts weiter tun und können diese Seite schließen."
    }
  }
}

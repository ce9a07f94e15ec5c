import Engine

/// The two pages behind an unsubscribe link: the question, and that it is done.
enum UnsubscribeForms {
  static func page(_ page: UnsubscribePage) -> Page {
    page.isDone ? done(page) : question(page)
  }

  private static func question(_ page: UnsubscribePage) -> Page {
    let words = UnsubscribeWords(page)
    return Page(words.language, title: words.question) { main in
      main.element("p", text: words.consequence)
      // Without an action the form comes back to the address it was shown at.
      main.element("form", [("method", "post")]) { form in
        form.element("button", [("type", "submit")], text: words.button)
      }
    }
  }

  private static func done(_ page: UnsubscribePage) -> Page {
    let words = UnsubscribeWords(page)
    return Page(words.language, title: words.done) { main in
      main.element("p", [("role", "status")], text: words.consequence)
      main.element("p", text: words.afterwards)
    }
  }
}

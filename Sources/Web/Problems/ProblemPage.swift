import HTTPTypes

/// A problem for somebody who followed a link: no codes, no routes.
enum ProblemPage {
  static func page(_ problem: Problem, _ language: PageLanguage) -> Page {
    let (title, advice) = words(problem, language)
    return Page(language, title: title) { $0.element("p", text: advice) }
  }

  private static func words(_ problem: Problem, _ language: PageLanguage) -> (String, String) {
    switch (language, problem.status) {
    case (.german, .notFound):
      (
        "Diese Seite gibt es nicht",
        "Bitte prüfen Sie, ob die Adresse vollständig ist. Manche Mailprogramme brechen lange Links "
          + "um."
      )
    case (.german, _):
      (
        "Das geht gerade nicht",
        "Bitte versuchen Sie es in einer Weile noch einmal. Es schadet nicht, es zweimal zu tun."
      )
    case (.english, .notFound):
      (
        "There is no such page",
        "Please check that the address is complete. Some mail programs break long links."
      )
    case (.english, _):
      (
        "This cannot be done right now",
        "Please try again in a while. Doing it twice does no harm."
      )
    }
  }
}

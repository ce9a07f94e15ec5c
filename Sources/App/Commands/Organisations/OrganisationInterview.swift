/// Asks for what no flag said.
struct OrganisationInterview: Sendable {
  let prompt: Prompt

  /// - Throws: ``Failure`` where the input ends before the questions do.
  func fill(_ form: inout OrganisationForm) throws {
    try ask("Name of the company", &form.name)
    try ask("Short id", &form.id, suggestion: OrganisationForm.suggestedID(form.name))
    try ask("Legal name", &form.legalName, suggestion: form.name)
    try ask("Postal address, in one line", &form.address, optional: true)
    try ask("Country (two letters)", &form.country)
    let defaults = CountryDefaults.of(form.country)
    try ask("Time zone", &form.zone, suggestion: defaults?.zone)
    try ask("Currency", &form.currency, suggestion: defaults?.currency)
    try ask("Locale", &form.locale, suggestion: defaults?.locale)
    try ask("Sender of e-mails (\"Name <address>\")", &form.sender, optional: true)
    try confirm("Hours for messages", &form.window)
    try confirm("Days (1 = Monday)", &form.days)
    try confirm("Mode: sandbox can never reach a customer, live can", &form.mode)
  }

  /// Asks for a field that is still empty.
  private func ask(
    _ question: String, _ field: inout String, suggestion: String? = nil, optional: Bool = false
  ) throws {
    guard field.isEmpty else { return }
    while true {
      guard let answer = prompt.line(question, default: suggestion) else { throw Self.ended }
      if !answer.isEmpty || optional {
        field = answer
        return
      }
    }
  }

  /// Asks for a field that has a default.
  private func confirm(_ question: String, _ field: inout String) throws {
    guard let answer = prompt.line(question, default: field) else { throw Self.ended }
    field = answer
  }

  private static let ended = Failure(
    .usage, "init.input_ended", "The input ended before every question was answered.",
    remedy: "Run it again, or give the answers as flags: `aiom init --help`.")
}

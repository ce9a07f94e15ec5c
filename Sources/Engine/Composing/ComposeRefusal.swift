/// What is wrong with a wish; the code's last word is the field.
enum ComposeRefusal {
  static let noCustomer = DecisionError(
    .unknown, "compose.customer", "The records have no such customer, or have it no more.",
    remedy: "Find one by name, e-mail or number.")

  static func recipient(hasAny: Bool) -> DecisionError {
    DecisionError(
      .invalid, "compose.recipient",
      hasAny
        ? "That is no address of this customer's records."
        : "The records hold no address of this customer that can be written to.",
      remedy: hasAny
        ? "Choose one of the list." : "Correct the record in your books, or plan a call or a task.")
  }

  static let smsTemplate = refusal(
    "template", "A text message has no letterhead and no template.",
    "Choose your own words, or an e-mail address.")

  static let nonce = refusal(
    "nonce", "The form's mark is missing or unreadable.", "Load the form again.")

  static let past = refusal(
    "when", "That moment has passed.", "Name a later one, or leave it empty.")

  static let tooLate = refusal(
    "when", "That is more than a year away.", "Name a moment within the next 366 days.")

  static let noMoment = refusal(
    "when", "A follow-up needs a moment.", "Say when it is to become a proposal.")

  static let factsOfTheDay = refusal(
    "when", "This template states the records of its day, so it cannot be planned.",
    "Leave it empty: it is proposed now. Or plan your own words.")

  static let noText = refusal("text", "Nothing is written.", "Write what the customer is to read.")

  static let noSubject = refusal(
    "subject", "The subject is empty.", "Say in a few words what it is about.")

  static let longSubject = refusal(
    "subject", "The subject is longer than 200 characters, or more than one line.", "Shorten it.")

  static func notDrafted(_ detail: String) -> DecisionError {
    refusal(
      "text", "The template cannot take these words: \(detail).",
      "Change them, or choose your own words without a letterhead.")
  }

  static func nothingDue(_ why: String) -> DecisionError {
    refusal("template", why, "Choose another template, or write your own words.")
  }

  private static func refusal(
    _ field: String, _ message: String, _ remedy: String
  ) -> DecisionError {
    DecisionError(.invalid, "compose.\(field)", message, remedy: remedy)
  }
}

/// A reason that has to be given: as a flag, or asked for at a terminal.
enum ReasonOption {
  static func reason(_ given: String?, _ question: String, _ console: Console) throws -> String {
    var text = given?.trimmingSpaces ?? ""
    if text.isEmpty, console.canAsk {
      text = Prompt(console: console).line(question) ?? ""
    }
    guard !text.isEmpty else {
      throw Failure(
        .usage, "reason.missing", "A reason is needed; it is kept for the record.",
        remedy: "Add --reason \"…\".")
    }
    guard text.count <= 1000 else {
      throw Failure(
        .refused, "reason.too_long", "The reason has more than 1000 characters.",
        remedy: "Shorten it.")
    }
    return text
  }
}

import ArgumentParser

/// What AIOM reads out of an address, a number or a text, for people and for outside programs.
struct ValueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "value",
    abstract: "How an e-mail address, phone number or SMS text is read: JSON lines in and out.",
    discussion: Examples.after(
      """
      Each line of the input is one JSON object with the text as its value; each is answered with
      one line, in order and at once. What is wrong with a line is its answer: the exit code is 0
      when all lines were answered.
      """,
      "aiom value email addresses.jsonl",
      #"echo '{"value": "Ann@EXAMPLE.org"}' | aiom value email"#,
      #"echo '{"value": "020 7946 0958", "country": "GB"}' | aiom value phone"#,
      #"echo '{"value": "It’s due – today"}' | aiom value sms"#),
    subcommands: [ValueEmailCommand.self, ValuePhoneCommand.self, ValueSMSCommand.self])
}

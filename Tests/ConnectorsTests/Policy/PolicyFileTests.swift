import ActionProtocol
import Connectors
import Decisions
import Testing

@Suite struct PolicyFileTests {
  private static let file = """
    policy: acme
    rules:
      - id: small-first
        title: "A first reminder: small and from our template"
        on: [send_invoice_reminder]
        when:
          all:
            - { field: message.template, op: eq, value: no }
            - { field: action.amount, op: lte, value: "500.00 EUR" }
            - { field: invoice.overdue_days, op: between, value: [5, 20] }
          none:
            - { field: customer.tags, op: any_of, value: [dispute, "vip"] }
        then:
          auto: { undo: 10m }
        reason: Small, and nobody was written to this week.
    """

  private func issues(_ text: String) -> [PolicyIssue] { PolicyFile.read(text).issues }

  private func issues(replacing old: String, by new: String) -> [PolicyIssue] {
    issues(Self.file.replacing(old, with: new))
  }

  @Test func `a file is read, and words stay words`() throws {
    let answer = PolicyFile.read(Self.file)
    #expect(answer.issues.isEmpty)
    let rule = try #require(answer.policy?.rules.first)
    #expect(rule.then == .auto(undo: PolicySpan("10m")))
    #expect(rule.when.all.first == .field(.template, .eq, .text("no")))
    #expect(answer.lines == ["small-first": 3])
  }

  @Test func `an unknown key is named with its line and the nearest name`() throws {
    let issue = try #require(
      issues(replacing: "reason:", by: "reson:").first { $0.code == "key.unknown" })
    #expect(issue.line == 15 && issue.path == "rules[0].reson")
    #expect(issue.remedy == "Did you mean reason?")
  }

  @Test(
    arguments: [
      ("value: no }", "vaule: no }", "key.unknown", 8), ("op: lte", "op: lt-e", "value.word", 9),
      ("\"500.00 EUR\"", "500", "value.money", 9), ("[5, 20]", "[5]", "value.count", 10),
      ("undo: 10m", "undo: 10", "value.span", 14),
      ("[send_invoice_reminder]", "all", "node.list", 5),
      ("[send_invoice_reminder]", "&x [send_invoice_reminder]", "yaml.alias", 5),
      ("value: no }", "value: !!str no }", "yaml.tag", 8),
      ("value: no }", "value: !x no }", "yaml.tag", 8),
      ("policy: acme", "policy: acme\npolicy: other", "key.duplicate", 1),
      ("    on: [", "   on: [", "yaml.syntax", 5),
      ("reason: Small", "<<: Small", "key.unknown", 15),
      ("auto: { undo: 10m }", "auto: { undo: 10m }\n  ? [a]\n  : b", "yaml.syntax", 15),
    ] as [(String, String, String, Int)])
  func `what is wrong is told with its line`(
    _ old: String, _ new: String, _ code: String, _ line: Int
  ) {
    let found = issues(replacing: old, by: new)
    #expect(found.contains { $0.code == code && $0.line == line }, "\(found.map(\.json))")
    #expect(found.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test func `a bomb of aliases is refused at once`() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 {
      text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    #expect(issues(text + "? *a40\n: x\n").map(\.code) == ["yaml.alias"])
  }

  @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
  func `a line break that editors do not know hides no anchor`(_ character: String) {
    let text =
      "policy: [\(character)&a [x, x],\(character)&b [*a, *a],\(character){*b: 1}]\nrules: []\n"
    #expect(issues(text).map(\.code) == ["yaml.break"])
  }

  @Test func `what is too deep, too long, empty or two documents is refused`() {
    #expect(issues(String(repeating: "[", count: 5000)).map(\.code) == ["yaml.syntax"])
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(issues(deep).map(\.code) == ["file.too_deep"])
    #expect(issues(String(repeating: "#\n", count: 600_000)).map(\.code) == ["file.too_large"])
    #expect(issues("").map(\.code) == ["file.empty"])
    #expect(issues(Self.file + "\n---\nx: 1\n").map(\.code) == ["yaml.syntax"])
    #expect(issues("a: \u{1}").map(\.code) == ["yaml.characters"])
  }

  @Test func `an ampersand or a star in a text is no anchor`() {
    #expect(issues(replacing: "Small, and", by: "\"Small & *nice*, R&D\"  #").isEmpty)
  }

  @Test func `the standard policy is written and read back the same`() {
    let text = PolicyYAML.write(.standard)
    let answer = PolicyFile.read(text)
    #expect(answer.issues.isEmpty)
    #expect(answer.policy == .standard)
    #expect(answer.policy.map(PolicyYAML.write) == text)
  }

  @Test(arguments: [
    "no", "on", "~", "null", "1.0", "a: b", "# x", "- x", "\"quoted\"", "back\\slash", "Ä ö 你好",
    "{x}", "[y]", "'single'", "*star", "&and", "!bang", "%", "@", "`", " leading and trailing ",
    "\u{A0}", "😀", "true", "0x1F", "2026-01-01", "a,b", "x:",
  ])
  func `a text of any kind is written and read back the same`(_ text: String) {
    var policy = Policy.standard
    policy.rules[0].reason = text + "."
    policy.rules[1].title = text
    policy.rules[2].when = PolicyCondition(all: [.field(.toStage, .eq, .text(text))])
    let answer = PolicyFile.read(PolicyYAML.write(policy))
    if !text.contains(where: { !$0.isWhitespace }) {
      #expect(!answer.issues.isEmpty)
    } else {
      #expect(answer.policy == policy, "\(answer.issues.map(\.json))")
    }
  }

  @Test func `JSON is read too`() {
    let answer = PolicyFile.read(PrettyJSON.encode(Policy.standard.json))
    #expect(answer.policy == .standard)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a damaged file is answered, never a crash`(_ seed: UInt64) {
    let bytes = Array(PolicyYAML.write(.standard).utf8)
    var state = seed
    for _ in 0..<40 {
      var damaged = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % damaged.count] =
          Array("&*!:{}[]\"'\n -#|>%@`\u{1}".utf8)[
            Int(state >> 20) % 19]
      }
      _ = PolicyFile.read(String(decoding: damaged, as: UTF8.self))
    }
  }
}

import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct PolicyActivateCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate",
    abstract: "Ask for a policy to become the active one.",
    discussion: Examples.after(
      """
      Checks the file and runs its cases, shows what differs rule by rule and what would have been
      decided differently in the past, and asks for an owner's approval. At a terminal you are asked
      at once; otherwise approve with the digest that is printed. Where the organisation has a second
      person, somebody else than you has to approve.

      What was approved under the policy before and has not left yet asks again.
      """,
      "aiom policy activate policy.yaml --reason \"two people above 5,000 EUR\"",
      "aiom policy approve policy:0193f2 --digest 5f2c9a…"))

  @Argument(help: "A policy file (YAML or JSON), or - for standard input.", completion: .file())
  var file: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let policy = try PolicySource.usable(file)
    try PolicySource.casesMustHold(policy)
    let desk = try await PolicyDesk(Composition.open(global, console))
    let (difference, past) = try await desk.compare(policy, console)
    let reason = try ReasonOption.reason(reason, "Why is it to become active?", console)
    let request = try await desk.book.request(
      desk.org, policy, source: "file", reason: reason,
      by: desk.house.author(.policy, in: desk.org), via: "cli")
    console.say("Asked for: \(request.id), digest \(request.digest.hex)")
    var version: PolicyVersion?
    if console.canAsk, Prompt(console: console).confirm("Approve it?") {
      version = try await desk.approve(request, request.digest, console)
    } else {
      console.say("`aiom policy approve \(request.id) --digest \(request.digest.hex)` approves it.")
    }
    console.emit([
      "request": request.json, "difference": difference.json, "backtest": past.json,
      "activated": version?.json ?? .null,
    ])
  }
}

struct PolicyApproveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve a policy that somebody asked for, by its digest.",
    discussion: Examples.after(
      "`aiom policy history` lists what waits; the digest is the policy's hash.",
      "aiom policy approve policy:0193f2 --digest 5f2c9a…"))

  @Argument(help: "The request, or its first characters.")
  var request: String

  @Option(name: .long, help: "The digest of what you saw, all of it.")
  var digest: String

  @Option(
    name: .long,
    help: "A one-time code, where a rule in force asks for one; asked for at a terminal.")
  var code: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard let digest = Digest(hex: digest.lowercased()) else {
      throw Failure(
        .usage, "policy.digest", "--digest is no digest of 64 characters.",
        remedy: "Copy it from `aiom policy history`.")
    }
    let desk = try await PolicyDesk(Composition.open(global, console))
    let waiting = try await desk.book.waiting(desk.org, request)
    let version = try await desk.approve(waiting, digest, code: code, console)
    console.emit(["activated": version?.json ?? .null])
  }
}

struct PolicyRejectCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Refuse a policy that somebody asked for.",
    discussion: Examples.after(
      "The active policy stays as it is.",
      "aiom policy reject policy:0193f2 --reason \"too many rules at once\""))

  @Argument(help: "The request, or its first characters.")
  var request: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await PolicyDesk(Composition.open(global, console))
    let reason = try ReasonOption.reason(reason, "Why is it refused?", console)
    try await desk.book.reject(
      desk.org, request, reason: reason, by: desk.house.author(.policy, in: desk.org), via: "cli")
    console.emit(["rejected": .string(request)])
    console.say("Refused. The active policy stays as it is.")
  }
}

struct PolicyRollbackCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Go back to an earlier version of the policy.",
    discussion: Examples.after(
      """
      Makes an earlier policy active again, under a new version number: nothing of the history is
      lost. It is an activation like any other and counts as your approval of it; where the
      organisation has a second person, that person approves.
      """,
      "aiom policy rollback --reason \"too strict\"",
      "aiom policy rollback 3 --reason \"as in May\""))

  @Argument(help: "The version; without it, the one before the active one.")
  var version: Int64?

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await PolicyDesk(Composition.open(global, console))
    let active = try await desk.book.active(desk.org).version?.number ?? 1
    let number = version ?? active - 1
    guard number >= 1 else {
      throw Failure(
        .refused, "policy.first", "The active policy is the first one; there is none before it.",
        remedy: "aiom policy history lists the versions.")
    }
    let policy = try await desk.book.version(desk.org, number).policy()
    let reason = try ReasonOption.reason(reason, "Why back to version \(number)?", console)
    let request = try await desk.book.request(
      desk.org, policy, source: "rollback:\(number)", reason: reason,
      by: desk.house.author(.policy, in: desk.org), via: "cli")
    do {
      let made = try await desk.approve(request, request.digest, console)
      console.emit(["request": request.json, "activated": made?.json ?? .null])
    } catch let error as DecisionError where error.kind == .forbidden {
      console.emit(["request": request.json, "activated": .null])
      console.say("Asked for: \(request.id). \(error.message)")
      console.say("`aiom policy approve \(request.id) --digest \(request.digest.hex)` approves it.")
    }
  }
}

struct PolicyHistoryCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "The versions of the policy, and what waits for an approval.",
    discussion: Examples.after(
      "Versions never change; --json shows what each changed rule by rule.",
      "aiom policy history", "aiom policy show version:3"))

  @Option(name: .long, help: "How many at most.")
  var limit = 50

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...1000).contains(limit) else {
      throw Failure(.usage, "policy.limit", "--limit must be from 1 to 1000.", remedy: "")
    }
    let desk = try await PolicyDesk(Composition.open(global, console))
    let (versions, open) = try await desk.book.history(desk.org, limit: limit)
    console.emit([
      "versions": .array(versions.map(\.json)), "open": .array(open.map(\.json)),
    ])
    var table = TextTable([
      .right("VERSION"), .left("SINCE"), .left("BY"), .left("FROM"), .left("WHY"), .left("HASH"),
    ])
    for version in versions {
      table.add([
        String(version.number), desk.time.text(version.at), version.author.rawValue,
        version.source, DisplayText.shortened(DisplayText.line(version.reason), to: 40),
        String(version.hash.hex.prefix(12)),
      ])
    }
    console.show(table.rendered(style: console.style))
    for request in open {
      console.say(
        "\(request.id) waits for \(PolicySentences.requirement(request.requirement)): "
          + "digest \(request.digest.hex)")
    }
  }
}

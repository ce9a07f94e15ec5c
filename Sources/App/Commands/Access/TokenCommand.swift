import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

/// API tokens.
struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Credentials of programs and agents: create, list, revoke.",
    discussion: Examples.after(
      """
      A token is shown once; the database keeps its digest. It is given to a command in AIOM_TOKEN or
      in the file that AIOM_TOKEN_FILE names, never as an option. An agent's token can hold read,
      propose and suppress, and nothing that decides: whatever the policy, an agent approves nothing.
      """,
      "aiom token create dunning-bot --agent --scopes read,propose",
      "aiom token create nightly-import --scopes read,records --days 30", "aiom token list",
      "aiom token revoke nightly-import"),
    subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

struct TokenCreateCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token of yours, or of an agent you answer for.",
    discussion: Examples.after(
      """
      Your own token acts in your name with the scopes that you give, at most what you may do
      yourself, and never manages persons. With --agent it acts as agent:NAME.
      """,
      "aiom token create dunning-bot --agent --scopes read,propose",
      "aiom token create nightly-import --scopes read,records --days 30"))

  @Argument(help: "A name for it; of an agent also its name in records.")
  var name: String

  @Flag(name: .long, help: "An agent holds it.")
  var agent = false

  @Option(name: .long, help: "What it may do, with commas.")
  var scopes: String

  @Option(name: .long, help: "For how many days, 1 to 366.")
  var days = TokenRules.standardDays

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let scopes = try Right.list(scopes)
    let house = try await Composition.open(global, console)
    let wish = Tokens.Wish(
      name: name, kind: agent ? .agent : .person, scopes: scopes, days: days)
    let made = try await Tokens(house.access).create(
      wish, in: house.organisation().id, by: house.caller, via: "cli")
    var json = TokenView.json(made.token).objectValue ?? [:]
    json["token"] = .string(made.secret)
    console.emit(.object(json))
    console.say(made.secret)
    console.note("This is shown once. It ends on \(made.token.expiresAt.rfc3339.prefix(10)).")
  }
}

struct TokenListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens: whose, what they may do, when last used.",
    discussion: Examples.after("", "aiom token list"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let tokens = try await Tokens(house.access).list(organisation.id)
    console.emit(["tokens": .array(tokens.map(TokenView.json))])
    let time = LocalTime(organisation.profile.zone)
    let now = SystemClock.now()
    var table = TextTable([
      .left("TOKEN"), .left("ACTS AS"), .left("MAY"), .left("LAST USED"), .left("ENDS"),
    ])
    for token in tokens {
      let end = token.revokedAt.map { "revoked \(time.text($0))" } ?? time.text(token.expiresAt)
      let actor =
        token.kind == .agent
        ? "agent:\(token.name) (\(token.person.rawValue))" : "person:\(token.person.rawValue)"
      table.add([
        token.name, actor, Right.words(token.scopes),
        token.lastUsedAt.map(time.text) ?? "never",
        token.isLive(at: now) || token.revokedAt != nil ? end : "ended \(end)",
      ])
    }
    console.show(
      table.isEmpty ? "There is no token yet.\n" : table.rendered(style: console.style))
  }
}

struct TokenRevokeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a token at once.",
    discussion: Examples.after("", "aiom token revoke dunning-bot"))

  @Argument(help: "Its name or id.")
  var token: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let revoked = try await Tokens(house.access).revoke(
      token, in: house.organisation().id, by: house.caller, via: "cli")
    console.emit(TokenView.json(revoked))
    console.say("\(revoked.name) opens nothing any more.")
  }
}

private enum TokenView {
  static func json(_ token: TokenRecord) -> JSONValue {
    [
      "id": .string(token.id), "name": .string(token.name),
      "kind": .string(token.kind.rawValue), "person": .string(token.person.rawValue),
      "scopes": .array(token.scopes.sorted().map { .string($0.rawValue) }),
      "created_at": .string(token.createdAt.rfc3339),
      "expires_at": .string(token.expiresAt.rfc3339),
      "last_used_at": token.lastUsedAt.map { .string($0.rfc3339) } ?? .null,
      "revoked_at": token.revokedAt.map { .string($0.rfc3339) } ?? .null,
    ]
  }
}

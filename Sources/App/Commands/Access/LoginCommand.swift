import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct LoginCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Sign in at this terminal, so that decisions carry your name.",
    discussion: Examples.after(
      """
      Asks for the password and, where you have set them up, a one-time code. The session is kept in
      the file `session` of AIOM's home directory, which only you may read; it ends after 12 hours
      without use, or after 7 days. Programs take a token instead: AIOM_TOKEN, `aiom token create`.
      """,
      "aiom login ann", "aiom whoami", "aiom logout"))

  @Argument(help: "Your short name.")
  var person: String

  @OptionGroup var secrets: SecretOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings)
    let input = secrets.input(console)
    let password = try input.secret("Password")
    let signIn = SignIn(house.access)
    let signedIn: SignedIn
    do {
      signedIn = try await signIn.login(
        person, password: password, from: nil, place: .cli, via: "cli")
    } catch let error as AccessError where error.code == "login.code" {
      signedIn = try await signIn.login(
        person, password: password, code: try input.secret("One-time code"), from: nil,
        place: .cli, via: "cli")
    }
    try SessionFile(home: settings.home).keep(signedIn.token)
    console.emit([
      "person": .string(signedIn.person.id.rawValue), "ends_at": .string(signedIn.endsAt.rfc3339),
    ])
    console.say("Signed in as \(signedIn.person.id.rawValue) (\(signedIn.person.name)).")
  }
}

struct LogoutCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "End the session of this terminal.",
    discussion: Examples.after(
      "`aiom person signout` ends all of your sessions, wherever they are.", "aiom logout"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings)
    let file = SessionFile(home: settings.home)
    if file.token != nil { try await SignIn(house.access).logout(house.caller, via: "cli") }
    file.remove()
    console.emit(["signed_out": true])
    console.say("Signed out.")
  }
}

struct WhoamiCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Say who runs commands here, and what they may do.",
    discussion: Examples.after("", "aiom whoami", "aiom whoami --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let caller = house.caller
    let held = try await house.store.read { store in
      try store.organisations().map { ($0.id, try AccessGate(store).rights(of: caller, in: $0.id)) }
    }.filter { !$0.1.isEmpty }
    console.emit([
      "author": .string(caller.author.rawValue),
      "credential": .string(caller.kindWord),
      "rights": .object(
        JSONObject(
          held.map { ($0.0.rawValue, .array($0.1.sorted().map { .string($0.rawValue) })) })),
    ])
    console.say("\(caller.author.rawValue) (\(caller.kindWord))")
    if let problem = house.sessionProblem { console.say("\(problem.message) \(problem.remedy)") }
    if held.isEmpty {
      console.say("May look where the file can be read, and decide nothing: aiom login.")
    }
    for (org, rights) in held {
      console.say("  \(org.rawValue): \(Right.words(rights).replacing(",", with: ", "))")
    }
  }
}

extension Principal {
  /// `local login`, `session`, `token`.
  var kindWord: String {
    switch credential {
    case .local: "local login"
    case .session: "session"
    case .token: isAgent ? "agent's token" : "token"
    }
  }
}

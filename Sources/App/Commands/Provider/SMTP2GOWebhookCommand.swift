import ActionProtocol
import ArgumentParser
import Engine
import SMTP2GO

/// What becomes of messages, told by the provider.
struct SMTP2GOWebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: "Have SMTP2GO report what became of messages: delivered, bounced, unsubscribed.",
    discussion: Examples.after(
      """
      The reports come to the public listener of `aiom serve`, at AIOM_PUBLIC_URL. Without a webhook
      AIOM knows that a message was accepted, and looks up what is unknown.
      """,
      "aiom smtp2go webhook install", "aiom smtp2go webhook show",
      "aiom smtp2go webhook events --stray", "aiom smtp2go webhook remove"),
    subcommands: [
      WebhookInstallCommand.self, WebhookShowCommand.self, WebhookEventsCommand.self,
      WebhookRemoveCommand.self,
    ])
}

struct WebhookInstallCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Register the webhook at SMTP2GO; nothing happens where it is in order already.",
    discussion: Examples.after(
      """
      Makes an address with an unguessable part and a secret for the Authorization header, and gives
      both to SMTP2GO. Neither is printed or stored; a digest is kept. A webhook of ours that is not
      as it should be is replaced, with new secrets. Webhooks of other programs stay as they are.
      """,
      "AIOM_PUBLIC_URL=https://aiom.your-company.com aiom smtp2go webhook install",
      "aiom smtp2go webhook install --scheme basic"))

  @Option(
    name: .long, help: "How the provider proves itself: bearer or basic.",
    completion: .list(WebhookScheme.allCases.map(\.rawValue)))
  var scheme = "bearer"

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard let scheme = WebhookScheme(rawValue: scheme) else {
      throw Failure(
        .usage, "webhook.scheme", "--scheme must be bearer or basic.", remedy: "Leave it out.")
    }
    let house = try await Composition.open(global, console)
    let (result, found) = try await WebhookRegistration.with(house) { registration in
      (try await registration.install(scheme), try await registration.compare())
    }
    console.emit(WebhookView.json(found, result: result.rawValue))
    switch result {
    case .unchanged: console.say("The webhook is registered and in order; nothing was changed.")
    case .installed: console.say("The webhook is registered.")
    case .replaced: console.say("The webhook was not as it should be, and was replaced.")
    }
    console.show(WebhookView.rendered(found))
    console.say("`aiom serve` has to run, and be reachable there, to hear of anything.")
  }
}

struct WebhookShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Compare the webhook at SMTP2GO with the one here.",
    discussion: Examples.after(
      """
      Exit code 0 where exactly one is registered and in order, 1 otherwise. Secrets are not shown.
      """,
      "aiom smtp2go webhook show", "aiom smtp2go webhook show --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let found = try await WebhookRegistration.with(house) { try await $0.compare() }
    console.emit(WebhookView.json(found, result: nil))
    console.show(WebhookView.rendered(found))
    let isInOrder =
      found.registered.count == 1 && found.registered.allSatisfy(\.differences.isEmpty)
    if !isInOrder { throw ExitCode.refused }
  }
}

struct WebhookRemoveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove our webhook at SMTP2GO and close its address here.",
    discussion: Examples.after(
      "What it brought stays. Webhooks of other programs stay as they are.",
      "aiom smtp2go webhook remove"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let count = try await WebhookRegistration.with(house) { try await $0.remove() }
    console.emit(["removed": .integer(Int64(count))])
    console.say(count == 0 ? "There was none." : "Removed.")
  }
}

/// Webhooks for people and programs, without their secrets.
enum WebhookView {
  static func rendered(_ found: WebhookComparison) -> String {
    var text = ""
    for one in found.registered {
      text += "at SMTP2GO  number \(one.webhook.id), \(place(one.webhook))\n"
      text += "here        \(one.endpoint.id), proves itself by \(one.endpoint.scheme.rawValue), "
      text += "since \(one.endpoint.createdAt.rfc3339)\n"
      for difference in one.differences { text += "  not in order: \(difference)\n" }
    }
    for endpoint in found.unregistered {
      text += "here        \(endpoint.id), unknown to SMTP2GO\n"
    }
    if found.registered.isEmpty, found.unregistered.isEmpty {
      text += "None is registered. `aiom smtp2go webhook install` registers one.\n"
    } else if found.registered.isEmpty
      || found.registered.contains(where: { !$0.differences.isEmpty })
    {
      text += "`aiom smtp2go webhook install` puts it in order.\n"
    }
    if found.foreign > 0 {
      text += "Webhooks of other programs on the account: \(found.foreign).\n"
    }
    return text
  }

  static func json(_ found: WebhookComparison, result: String?) -> JSONValue {
    var object: JSONObject = [
      "registered": .array(
        found.registered.map { one in
          [
            "vendor_id": .integer(Int64(one.webhook.id)), "endpoint": .string(one.endpoint.id),
            "place": .string(place(one.webhook)), "scheme": .string(one.endpoint.scheme.rawValue),
            "differences": .array(one.differences.map { .string($0) }),
          ]
        }),
      "unregistered": .array(found.unregistered.map { .string($0.id) }),
      "foreign": .integer(Int64(found.foreign)),
    ]
    if let result { object["result"] = .string(result) }
    return .object(object)
  }

  /// The address without its secret part.
  private static func place(_ webhook: Webhook) -> String {
    let parts = (webhook.url ?? "").split(separator: "/", omittingEmptySubsequences: false)
    return DisplayText.line(parts.dropLast().joined(separator: "/")) + "/(secret)"
  }
}

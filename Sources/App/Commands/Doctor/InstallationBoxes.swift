import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Store

/// The boxes about this installation: settings, database, organisation, records.
struct InstallationBoxes: Sendable {
  let settings: Settings
  let organisation: Organisation?
  /// About settings, database, organisation and records.
  private(set) var boxes: [Box] = []
  /// About what a person has to have seen.
  private(set) var trials: [Box] = []

  /// What persons have seen, by box.
  private var ticks: [SetupTick.Box: SetupTick] = [:]

  /// - Parameter completed: among how many of the newest completed actions real messages are looked for.
  static func look(
    _ house: House, _ organisation: Organisation?, completed: Int = 10_000
  ) async -> InstallationBoxes {
    let place = DatabaseBoxes(settings: house.settings)
    var all = InstallationBoxes(settings: house.settings, organisation: organisation)
    all.boxes = [
      all.configuration, place.mode, await place.schema(house),
      await StopBox.look(house, organisation?.id),
    ]
    all.boxes += [all.delivery, all.senderBox] + (await all.records(house))
    // What cannot be read is shown as not ticked; the box about the database says why.
    if let org = organisation?.id {
      all.ticks = (try? await SetupTicks(house.context).list(org)) ?? [:]
    }
    all.trials = await all.trialBoxes(house, completed)
    return all
  }

  /// Looks at everything; what cannot be opened is a box, not an error.
  static func look(_ settings: Settings) async -> InstallationBoxes {
    do {
      let house = try await Composition.open(settings)
      return await look(house, try? await house.organisation())
    } catch {
      var all = InstallationBoxes(settings: settings, organisation: nil)
      let failure = Failure(explaining: error)
      all.boxes = [
        all.configuration,
        Box("database", "Database", .missing, failure.message, fix: failure.remedy), all.delivery,
      ]
      all.trials = all.trials(emails: nil, texts: nil, test: nil)
      return all
    }
  }

  private init(settings: Settings, organisation: Organisation?) {
    self.settings = settings
    self.organisation = organisation
  }

  private var configuration: Box {
    let places = Set(
      settings.rows.filter { $0.given != nil }.map(\.source.label)
    ).sorted().joined(separator: ", ")
    return settings.warnings.isEmpty
      ? Box("configuration", "Settings", .ok, places.isEmpty ? "all defaults" : "from \(places)")
      : Box(
        "configuration", "Settings", .missing, settings.warnings.joined(separator: " "),
        fix: "`aiom config` shows every setting and its source.")
  }

  private var delivery: Box {
    let mode = organisation?.mode
    let words = "\(settings.delivery.rawValue), organisation \(mode?.rawValue ?? "none")"
    let refusal = mode.flatMap { mode in
      let url = URL(string: Composition.providerAddress(settings))
      return DeliveryRule.refusal(
        org: mode, delivery: settings.delivery,
        isLoopback: url.map(ProviderAddress.isLoopback) ?? false,
        isEncrypted: url?.scheme?.lowercased() == "https")
    }
    if let refusal {
      return Box(
        "delivery", "Delivery", .missing, "\(words): \(refusal.replacing("_", with: " "))",
        fix: "A sandbox organisation never reaches a customer; make a live one with `aiom org "
          + "create --mode live`, and set AIOM_DELIVERY.")
    }
    return settings.delivery == .live
      ? Box("delivery", "Delivery", .ok, words)
      : Box(
        "delivery", "Delivery", .missing, "\(words): nothing reaches a customer",
        fix: "Rehearse with AIOM_DELIVERY=redirect, then set it to live.")
  }

  private var senderBox: Box {
    guard let sender = organisation?.sender ?? settings.sender else {
      return Box(
        "sender", "Sender", .missing, "none is set",
        fix: "`aiom org set --sender \"Name <address>\"`.")
    }
    return Placeholder.matches(sender.address.rawValue)
      ? Box("sender", "Sender", .missing, "the example's address", fix: "Set one of your own.")
      : Box("sender", "Sender", .ok, sender.rawValue)
  }

  private func records(_ house: House) async -> [Box] {
    guard let organisation else {
      return [
        Box(
          "organisation", "Organisation", .missing, "none is chosen",
          fix: "`aiom init`, or `aiom org use ID`.")
      ]
    }
    let ledger = LedgerBoxes(house: house, organisation: organisation)
    let boxes = await [ledger.identity, ledger.age(), ledger.unknowns(), ledger.clock()]
    return boxes + [await ledger.strayEvents()].compactMap(\.self)
  }

  // MARK: What a person has to have seen

  private func trialBoxes(_ house: House, _ most: Int) async -> [Box] {
    let test = try? await house.store.read { try $0.installationValue(TestRun.memory) }
    guard let organisation else { return trials(emails: nil, texts: nil, test: test ?? nil) }
    let filter = ActionFilter(statuses: [.completed], limit: most)
    guard let done = try? await ActionReader(house.context).list(organisation.id, filter) else {
      return trials(emails: nil, texts: nil, test: test ?? nil)
    }
    // Whether a message really left is known from the mode its approval was given in.
    let real = done.filter { $0.approval?.delivery != .sandbox }
    return trials(
      emails: real.filter { $0.operation == .sendEmail }.count,
      texts: real.filter { $0.operation == .sendSMS }.count, test: test ?? nil)
  }

  private func trials(emails: Int?, texts: Int?, test: String?) -> [Box] {
    func sent(
      _ count: Int?, _ id: String, _ title: String, _ fix: String, optional: Bool = false
    ) -> Box {
      guard let count else {
        return Box(id, title, .cannotTell, "no records to look at", fix: fix, optional: optional)
      }
      return count > 0
        ? Box(id, title, .ok, "\(count) accepted by the provider")
        : Box(
          id, title, .missing, "none was sent beyond the sandbox", fix: fix, optional: optional)
    }
    return [
      Self.script(test),
      sent(emails, "test_email", "Test e-mail sent", "`aiom smtp2go test --to YOU`."),
      seen(
        .emailReceived, "Test e-mail received", "only you can see your inbox",
        fix: "Look into the inbox of the address you sent it to."),
      seen(
        .spamFolder, "Not in the spam folder", "only you can see it",
        fix: "Look there; DKIM and return path verified are what helps."),
      seen(
        .smsCredits, "SMS credits", "the provider's API does not tell",
        fix: "Look under billing in SMTP2GO's dashboard, if you want SMS.", optional: true),
      sent(
        texts, "test_sms", "Test SMS sent",
        "`aiom smtp2go test --to YOU --sms-to NUMBER --really`; it costs money.", optional: true),
      seen(
        .dashboard, "Seen in SMTP2GO's dashboard", "only you can see it",
        fix: "Look at the activity page for the test message."),
    ]
  }

  /// A box that somebody ticks on the page about setting up.
  private func seen(
    _ box: SetupTick.Box, _ title: String, _ found: String, fix: String,
    optional: Bool = false
  ) -> Box {
    guard let tick = ticks[box] else {
      return Box(box.rawValue, title, .cannotTell, found, fix: fix, optional: optional)
    }
    return Box(
      box.rawValue, title, .ok, "ticked by \(tick.by.rawValue) on \(tick.at.rfc3339.prefix(10))",
      optional: optional)
  }

  /// What `aiom smtp2go test` last came to: `passed|MODE|WHEN|words`.
  private static func script(_ memory: String?) -> Box {
    let (id, title) = ("test_script", "Test script run")
    let parts = (memory ?? "").split(separator: "|", maxSplits: 3).map(String.init)
    guard parts.count == 4 else {
      return Box(id, title, .missing, "it was never run", fix: "`aiom smtp2go test --to YOU`.")
    }
    let words = "\(parts[2].prefix(10)), \(parts[1]) delivery: \(parts[3])"
    if parts[0] == "passed", parts[1] != DeliveryMode.sandbox.rawValue {
      return Box(id, title, .ok, words)
    }
    return Box(
      id, title, .missing, words,
      fix: parts[0] == "passed"
        ? "That was the local sandbox. Set AIOM_DELIVERY, then `aiom smtp2go test --to YOU`."
        : "`aiom smtp2go test --to YOU` says what failed.")
  }
}

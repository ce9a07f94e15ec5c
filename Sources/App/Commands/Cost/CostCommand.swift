import ActionProtocol
import Addressing
import ArgumentParser
import Decisions
import Engine
import Foundation
import SMTP2GO

struct CostCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "What this month's messages cost so far and by its end, and which plan fits.",
    discussion: Examples.after(
      """
      Counts what the provider accepted, by purpose, channel and country; what went to the sandbox
      is named apart and costs nothing. Projects the month as it went so far. Prices come from a
      table, because the provider's API tells none: the standard one or the operator's (AIOM_PRICES).
      Beside it stand the provider's own figures, where the key may see them.

      With --emails or --sms it estimates a month of that volume instead and asks nobody; with
      --text and --to one SMS, by its segments and where it goes.
      """,
      "aiom cost", "aiom cost --month 2026-10", "aiom cost --emails 350 --sms 20",
      "aiom cost --emails 1500 --sms 100 --country DE",
      "aiom cost --text \"Your invoice is due.\" --to +442079460123", "aiom cost --prices"))

  @Option(name: .long, help: "Another month, as 2026-10.")
  var month: String?

  @Option(name: .long, help: "Estimate so many e-mails a month instead.")
  var emails: Int?

  @Option(name: .long, help: "Estimate so many SMS a month instead, of one segment each.")
  var sms: Int?

  @Option(name: .long, help: "The country of the estimated SMS, as DE.")
  var country: String?

  @Option(name: .long, help: "Estimate one SMS of this text.")
  var text: String?

  @Option(name: .long, help: "The number the SMS goes to.")
  var to: String?

  @Flag(name: .long, help: "Print the price table in use.")
  var prices = false

  @Flag(name: .long, help: "Do not ask the provider.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let table = try PriceFile.table(settings)
    if prices { return show(table, console) }
    if let text { return try estimate(text, table, console) }
    if emails != nil || sms != nil { return try estimate(table, console) }
    let house = try await Composition.open(settings)
    let organisation = try await house.organisation()
    let report = try await CostReport.make(
      house, organisation, month: try wantedMonth(), table: table)
    let figures =
      offline || month != nil ? nil : await ProviderFigures.ask(settings, organisation)
    let view = CostView(report: report, figures: figures, table: table)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }

  private func show(_ table: PriceTable, _ console: Console) {
    console.emit(PriceView.json(table))
    console.show(PriceView.rendered(table, style: console.style))
  }

  private func estimate(_ table: PriceTable, _ console: Console) throws {
    let (emails, sms) = (emails ?? 0, sms ?? 0)
    guard (0...1_000_000_000).contains(emails), (0...1_000_000_000).contains(sms) else {
      throw Failure(
        .usage, "cost.volume", "--emails and --sms must not be negative.", remedy: "")
    }
    let code = country?.uppercased()
    guard code.map({ $0.utf8.count == 2 }) ?? true else {
      throw Failure(
        .usage, "cost.country", "--country must be a code of two letters.", remedy: "Such as DE.")
    }
    let volume = MonthlyVolume(emails: emails, smsUnits: sms > 0 ? [code: sms] : [:])
    console.emit(PlanView.json(volume, table))
    console.say("A month of \(emails) e-mails and \(sms) SMS\(code.map { " to \($0)" } ?? "")")
    console.show(PlanView.rendered(volume, table, style: console.style))
  }

  private func estimate(_ text: String, _ table: PriceTable, _ console: Console) throws {
    let sms: SMSText
    do throws(AddressingIssue) {
      sms = try SMSText(text)
    } catch {
      throw Failure(.refused, error.code, "--text: \(error.message)", remedy: error.remedy)
    }
    let place = try to.map { try AddressOption.phone($0, country: country).country } ?? country
    let cost = table.sms(units: sms.segments, to: place?.uppercased())
    console.emit([
      "segments": .integer(Int64(sms.segments)), "encoding": .string(sms.encoding.rawValue),
      "country": place.map { .string($0) } ?? .null, "currency": .string(table.currency),
      "cost": PlanView.range(cost),
    ])
    let segments = sms.segments == 1 ? "1 segment" : "\(sms.segments) segments"
    let group = table.group(of: place?.uppercased())?.name ?? "elsewhere"
    console.say("\(segments) (\(sms.encoding.rawValue)) to \(place ?? "an unknown country")")
    console.say("\(cost.text) \(table.currency), price of \(group)")
    console.say("Prices: \(DisplayText.line(table.source)).")
  }

  private func wantedMonth() throws -> (year: Int, month: Int)? {
    guard let month else { return nil }
    guard let day = LocalDate(iso: "\(month)-01") else {
      throw Failure(
        .usage, "cost.month", "--month must be a month.", remedy: "Write it as 2026-10.")
    }
    return (day.year, day.month)
  }
}

/// The price table that the settings name.
enum PriceFile {
  static func table(_ settings: Settings) throws -> PriceTable {
    guard let path = settings.prices else { return .standard }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .notConfigured, "prices.unreadable", "The price table of AIOM_PRICES cannot be read.",
        remedy: "Correct the path or its permissions: \(DisplayText.line(path)).")
    }
    guard case .success(let json) = JSONReader.read(Array(data)) else {
      throw Failure(
        .notConfigured, "prices.not_json", "The price table of AIOM_PRICES is not JSON.",
        remedy: "`aiom cost --prices --json` without AIOM_PRICES prints one to begin with.")
    }
    do {
      return try PriceTable(json: json)
    } catch {
      let place = error.pointer.isEmpty ? "At its root" : "At \(error.pointer)"
      throw Failure(
        .notConfigured, "prices.invalid", "The price table of AIOM_PRICES is not valid.",
        remedy: "\(DisplayText.line(place)) there should be \(error.expected).")
    }
  }
}

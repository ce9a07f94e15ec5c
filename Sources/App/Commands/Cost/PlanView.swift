import ActionProtocol
import Decisions

/// What a volume costs on each plan.
enum PlanView {
  static func rendered(_ volume: MonthlyVolume, _ table: PriceTable, style: Style) -> String {
    var rows = TextTable([
      .left("PLAN"), .right("FEE"), .right("SMS"), .right("TOTAL \(table.currency)"), .left(""),
    ])
    let cheapest = table.cheapest(for: volume)
    for offer in table.offers(for: volume) {
      rows.add([
        offer.plan.name, offer.fee.text, offer.plan.hasSMS ? offer.sms.text : "-",
        offer.plan.hasSMS ? offer.total.text : offer.fee.text,
        offer.plan == cheapest?.plan ? "cheapest that fits" : words(offer),
      ])
    }
    return rows.rendered(style: style, indent: 2) + "  Prices: \(DisplayText.line(table.source)).\n"
  }

  static func json(_ volume: MonthlyVolume, _ table: PriceTable) -> JSONValue {
    [
      "emails": .integer(Int64(volume.emails)),
      "sms_units": .integer(Int64(volume.allSMSUnits)),
      "currency": .string(table.currency), "source": .string(table.source),
      "cheapest": table.cheapest(for: volume).map { .string($0.plan.name) } ?? .null,
      "plans": .array(table.offers(for: volume).map(offer)),
    ]
  }

  private static func offer(_ offer: PlanOffer) -> JSONValue {
    [
      "plan": .string(offer.plan.name), "fits": .bool(offer.fits),
      "obstacles": .array(offer.obstacles.map { .string($0.rawValue) }),
      "fee": .string(offer.fee.text), "sms": range(offer.sms), "total": range(offer.total),
    ]
  }

  static func range(_ range: PriceRange) -> JSONValue {
    ["low": .string(range.low.text), "high": .string(range.high.text)]
  }

  private static func words(_ offer: PlanOffer) -> String {
    guard !offer.fits else { return "fits" }
    let reasons = offer.obstacles.map { obstacle in
      switch obstacle {
      case .tooManyEmails: "too many e-mails"
      case .tooManyADay: "more than \(offer.plan.perDay ?? 0) on one day"
      case .noSMS: "sends no SMS"
      case .notOffered: offer.plan.note ?? "not offered"
      }
    }
    return reasons.joined(separator: "; ")
  }
}

/// The price table in use, in the form in which AIOM_PRICES takes one.
enum PriceView {
  static func rendered(_ table: PriceTable, style: Style) -> String {
    var plans = TextTable([
      .left("PLAN"), .right("A MONTH"), .right("E-MAILS"), .right("NEXT 1000"), .left("SMS"),
      .left(""),
    ])
    for plan in table.plans {
      plans.add([
        plan.name, plan.monthly.text, String(plan.emails), plan.furtherThousand?.text ?? "-",
        plan.hasSMS ? "yes" : "no", plan.note ?? "",
      ])
    }
    var texts = TextTable([.left("SMS TO"), .right("A SEGMENT"), .left("")])
    for group in table.sms {
      let countries = group.countries.count
      texts.add([
        group.name, group.unit.text, countries == 1 ? "1 country" : "\(countries) countries",
      ])
    }
    texts.add(["elsewhere", table.elsewhere.text, ""])
    return "All in \(table.currency). \(DisplayText.line(table.source)).\n\n"
      + plans.rendered(style: style) + "\n" + texts.rendered(style: style)
  }

  static func json(_ table: PriceTable) -> JSONValue {
    [
      "currency": .string(table.currency), "source": .string(table.source),
      "sms": .array(
        table.sms.map { group in
          [
            "name": .string(group.name),
            "countries": .array(group.countries.sorted().map { .string($0) }),
            "low": .string(group.unit.low.text), "high": .string(group.unit.high.text),
          ]
        }),
      "elsewhere": PlanView.range(table.elsewhere),
      "plans": .array(table.plans.filter(\.isOffered).map(plan)),
    ]
  }

  private static func plan(_ plan: EmailPlan) -> JSONValue {
    var object: JSONObject = [
      "name": .string(plan.name), "monthly": .string(plan.monthly.text),
      "emails": .integer(Int64(plan.emails)), "sms": .bool(plan.hasSMS),
    ]
    if let further = plan.furtherThousand { object["further_thousand"] = .string(further.text) }
    if let perDay = plan.perDay { object["per_day"] = .integer(Int64(perDay)) }
    if let note = plan.note { object["note"] = .string(note) }
    return .object(object)
  }
}

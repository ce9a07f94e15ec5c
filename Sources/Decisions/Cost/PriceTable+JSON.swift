import ActionProtocol

/// Why a price table cannot be used.
public struct PriceTableFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the document, as a JSON pointer.
  public let pointer: String
  /// What should stand there, for people.
  public let expected: String

  /// The place.
  public var description: String { "price_table\(pointer)" }
}

extension PriceTable {
  /// Reads a table: `currency`, `source`, `sms` (each `name`, `countries`, `low`, `high`),
  /// `elsewhere` (`low`, `high`) and `plans` (each `name`, `monthly`, `emails` and, where they apply,
  /// `further_thousand`, `per_day`, `sms`, `note`).
  ///
  /// Amounts are texts such as `"0.04"`, because JSON's numbers are no exact decimals. What is left
  /// out stays as in ``standard``, in its currency.
  /// - Throws: ``PriceTableFault`` for the first thing that is wrong.
  public init(json: JSONValue) throws(PriceTableFault) {
    guard let root = json.objectValue else { throw Place("").fault("an object") }
    try Self.refuseUnknown(
      root, known: ["currency", "source", "sms", "elsewhere", "plans"], Place(""))
    let standard = PriceTable.standard
    var currency = standard.currency
    if let value = root["currency"] {
      guard let code = value.stringValue, code.utf8.count == 3,
        code.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
      else { throw Place("/currency").fault("three capital letters such as USD") }
      currency = code
    }
    let isComplete = root["sms"] != nil && root["elsewhere"] != nil && root["plans"] != nil
    guard currency == standard.currency || isComplete else {
      throw Place("/currency").fault("sms, elsewhere and plans too, because the standard is in USD")
    }
    self.init(
      currency: currency,
      source: try Self.text(root["source"], Place("/source")) ?? "the operator's own figures",
      sms: try Self.list(root["sms"], Place("/sms"), Self.smsPrice) ?? standard.sms,
      elsewhere: try Self.range(root["elsewhere"], Place("/elsewhere")) ?? standard.elsewhere,
      plans: try Self.list(root["plans"], Place("/plans"), Self.plan) ?? standard.plans)
  }

  /// A place in the document.
  private struct Place {
    let pointer: String

    init(_ pointer: String) { self.pointer = pointer }

    func at(_ part: String) -> Place { Place("\(pointer)/\(part)") }

    func fault(_ expected: String) -> PriceTableFault {
      PriceTableFault(pointer: pointer, expected: expected)
    }
  }

  private static func refuseUnknown(
    _ object: JSONObject, known: Set<String>, _ place: Place
  ) throws(PriceTableFault) {
    guard let stranger = object.keys.first(where: { !known.contains($0) }) else { return }
    throw place.at(stranger).fault(
      "nothing; known here are \(known.sorted().joined(separator: ", "))")
  }

  private static func smsPrice(
    _ object: JSONObject, _ place: Place
  ) throws(PriceTableFault) -> SMSPrice {
    try refuseUnknown(object, known: ["name", "countries", "low", "high"], place)
    guard let name = try text(object["name"], place.at("name")) else {
      throw place.at("name").fault("a text")
    }
    let countries = (object["countries"]?.arrayValue ?? []).compactMap(\.stringValue)
    guard !countries.isEmpty, countries.count == object["countries"]?.arrayValue?.count,
      countries.allSatisfy({ $0.utf8.count == 2 && $0 == $0.uppercased() })
    else { throw place.at("countries").fault("a list of codes such as DE") }
    return SMSPrice(
      name: name, countries: Set(countries),
      unit: PriceRange(
        try price(object["low"], place.at("low")), try price(object["high"], place.at("high"))))
  }

  private static func plan(
    _ object: JSONObject, _ place: Place
  ) throws(PriceTableFault) -> EmailPlan {
    try refuseUnknown(
      object,
      known: ["name", "monthly", "emails", "further_thousand", "per_day", "sms", "note"], place)
    guard let name = try text(object["name"], place.at("name")) else {
      throw place.at("name").fault("a text")
    }
    guard let emails = try count(object["emails"], place.at("emails")) else {
      throw place.at("emails").fault("a whole number")
    }
    var further: Price?
    if let value = object["further_thousand"], !value.isNull {
      further = try price(value, place.at("further_thousand"))
    }
    return EmailPlan(
      name: name, monthly: try price(object["monthly"], place.at("monthly")), emails: emails,
      furtherThousand: further, perDay: try count(object["per_day"], place.at("per_day")),
      hasSMS: try flag(object["sms"], place.at("sms")) ?? true,
      note: try text(object["note"], place.at("note")))
  }

  private static func list<Element>(
    _ value: JSONValue?, _ place: Place,
    _ read: (JSONObject, Place) throws(PriceTableFault) -> Element
  ) throws(PriceTableFault) -> [Element]? {
    guard let value else { return nil }
    guard let items = value.arrayValue, !items.isEmpty, items.count <= 1000 else {
      throw place.fault("a list that is not empty")
    }
    var result: [Element] = []
    for (index, item) in items.enumerated() {
      guard let object = item.objectValue else { throw place.at("\(index)").fault("an object") }
      result.append(try read(object, place.at("\(index)")))
    }
    return result
  }

  private static func range(
    _ value: JSONValue?, _ place: Place
  ) throws(PriceTableFault) -> PriceRange? {
    guard let value else { return nil }
    guard let object = value.objectValue else { throw place.fault("low and high") }
    try refuseUnknown(object, known: ["low", "high"], place)
    return PriceRange(
      try price(object["low"], place.at("low")), try price(object["high"], place.at("high")))
  }

  private static func price(
    _ value: JSONValue?, _ place: Place
  ) throws(PriceTableFault) -> Price {
    guard let price = value?.stringValue.flatMap({ Price($0) }) else {
      throw place.fault("an amount in quotation marks such as \"0.04\"")
    }
    return price
  }

  private static func text(
    _ value: JSONValue?, _ place: Place
  ) throws(PriceTableFault) -> String? {
    guard let value, !value.isNull else { return nil }
    guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= 500 else {
      throw place.fault("a text")
    }
    return text
  }

  private static func count(
    _ value: JSONValue?, _ place: Place
  ) throws(PriceTableFault) -> Int? {
    guard let value, !value.isNull else { return nil }
    guard let number = value.integerValue, (0...1_000_000_000).contains(number) else {
      throw place.fault("a whole number")
    }
    return Int(number)
  }

  private static func flag(
    _ value: JSONValue?, _ place: Place
  ) throws(PriceTableFault) -> Bool? {
    guard let value, !value.isNull else { return nil }
    guard let flag = value.boolValue else { throw place.fault("true or false") }
    return flag
  }
}

extension RevalidationCheck {
  init(from document: Decoding) throws(Decoding.Gap) {
    self.init(
      checkID: try document.text("check_id"), description: try document.text("description"),
      severity: try document.choice("severity_on_fail"),
      predicate: try Predicate(from: document.nested("predicate")))
  }
}

extension Predicate {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    let type: PredicateType = try document.choice("type")
    switch type {
    case .recordExists: self = .recordExists(try RecordReference(from: document))
    case .fieldEquals:
      guard let expected = document["expected"] else { throw Decoding.Gap(key: "expected") }
      self = .fieldEquals(
        try RecordReference(from: document), field: try document.text("field"), expected: expected)
    case .fieldIn:
      self = .fieldIn(
        try RecordReference(from: document), field: try document.text("field"),
        try document.required("in", \.arrayValue))
    case .noDuplicateInWindow:
      self = .noDuplicateInWindow(
        scopeKey: try document.text("scope_key"),
        windowMinutes: Int(try document.integer("window_minutes")))
    case .quietHours: self = .quietHours(try QuietHours(from: document))
    }
  }
}

extension RecordReference {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    self.init(model: try document.text("model"), id: try document.integer("id"))
  }
}

extension QuietHours {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    let days = try document.list("days", Decoding.recordID).map { Int($0) }
    self.init(
      timezone: try document.text("timezone"),
      start: try document.required("business_hours_start") {
        $0.stringValue.flatMap(TimeOfDay.init(_:))
      },
      end: try document.required("business_hours_end") {
        $0.stringValue.flatMap(TimeOfDay.init(_:))
      },
      days: days.isEmpty ? Self.businessDays : days,
      holidays: try document.list("holidays", Self.day))
  }

  private static func day(_ value: JSONValue) throws(Decoding.Gap) -> LocalDate {
    guard let day = value.stringValue.flatMap(LocalDate.init(iso:)) else {
      throw Decoding.Gap(key: "holidays")
    }
    return day
  }
}

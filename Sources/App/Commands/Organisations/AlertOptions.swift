import ActionProtocol
import ArgumentParser
import Insights

/// From when on an organisation's figures are an alert.
struct AlertOptions: ParsableArguments {
  @Option(
    name: .customLong("alert"),
    help: ArgumentHelp(
      "A threshold, as NAME=N or NAME=standard; may be given several times.",
      discussion: """
        NAME is runway_days (60), runway_critical_days (30), overdue_60_percent (30), \
        overdue_60_high_percent (50), or, in whole units of your currency, receivables_90 (50000), \
        payables_90 (25000), working_capital (0).
        """,
      valueName: "name=n"))
  var alerts: [String] = []
}

/// Thresholds as somebody typed them.
struct AlertForm: Sendable {
  var changes: [String] = []
  /// Those that were set before.
  var base = FinanceRules()

  /// - Returns: the names of the fields.
  mutating func apply(_ options: AlertOptions) -> [String] {
    guard !options.alerts.isEmpty else { return [] }
    changes = options.alerts
    return ["alerts"]
  }
}

extension FieldCheck {
  /// Nil where something is wrong with them.
  mutating func alerts(_ form: AlertForm) -> FinanceRules? {
    var rules = form.base
    var isGood = true
    for change in form.changes {
      let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.count == 2 ? FinanceRules.Name(rawValue: parts[0]) : nil
      let read: Int64? = read("--alert", Self.rule(change, name)) {
        guard let name else { return nil }
        if parts[1] == "standard" { return name.standard }
        return Int64(parts[1]).flatMap { name.range.contains($0) ? $0 : nil }
      }
      guard let name, let read else {
        isGood = false
        continue
      }
      rules[name] = read
    }
    return isGood ? rules : nil
  }

  private static func rule(_ change: String, _ name: FinanceRules.Name?) -> String {
    guard let name else {
      let names = FinanceRules.Name.allCases.map(\.rawValue).joined(separator: ", ")
      return "\(change) must be NAME=N or NAME=standard, NAME one of \(names)"
    }
    return
      "\(name.rawValue) must be a whole number from \(name.range.lowerBound) to \(name.range.upperBound), or standard"
  }
}

extension FinanceRules {
  /// What the change to other thresholds changes, by name: old and new.
  func changes(to new: FinanceRules) -> [(field: String, change: String)] {
    Name.allCases.filter { self[$0] != new[$0] }.map {
      ("alert.\($0.rawValue)", "\(self[$0]) -> \(new[$0])")
    }
  }

  /// All thresholds by name.
  var json: JSONValue {
    .object(JSONObject(Name.allCases.map { ($0.rawValue, .integer(self[$0])) }))
  }
}

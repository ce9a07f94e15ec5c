import ActionProtocol
import Addressing
import Foundation
import Insights

/// Reads the fields of a form and collects everything that is wrong.
struct FieldCheck {
  private(set) var problems: [OrganisationForm.Problem] = []

  /// A value of a rule that is said in one sentence.
  /// - Parameter value: nil where the field breaks the rule.
  mutating func read<Value>(_ field: String, _ rule: String, _ value: () -> Value?) -> Value? {
    let value = value()
    if value == nil { add(field, rule) }
    return value
  }

  /// Text that stands in letters and headers: one line.
  mutating func line(_ field: String, _ text: String, required: Bool) {
    if text.isEmpty {
      if required { add(field, "is missing") }
      return
    }
    if text.count > 200 { add(field, "has more than 200 characters") }
    do throws(AddressingIssue) { try HeaderText.check(text) } catch {
      add(field, "must be one line without control characters")
    }
  }

  mutating func country(_ text: String) -> String? {
    let code = text.uppercased()
    guard code.utf8.count == 2, Locale.Region.isoRegions.contains(Locale.Region(code)) else {
      add("--country", text.isEmpty ? "is missing" : "must be a country's two letters, such as US")
      return nil
    }
    return code
  }

  mutating func zone(_ text: String) -> TimeZone? {
    guard text.contains("/") || text == "UTC", let zone = TimeZone(identifier: text) else {
      add(
        "--zone",
        text.isEmpty
          ? "is missing, and the country's is not known here"
          : "must be a zone such as Europe/Berlin")
      return nil
    }
    return zone
  }

  mutating func currency(_ text: String) -> Currency? {
    guard let currency = Currency(code: text.uppercased()) else {
      add("--currency", text.isEmpty ? "is missing" : "must be a currency's code, such as EUR")
      return nil
    }
    return currency
  }

  mutating func locale(_ text: String) {
    let language = text.prefix { $0.isLetter }
    let known = (2...3).contains(language.count)
    let plain = text.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F || byte == 0x2D
        || (0x30...0x39).contains(byte)
    }
    if !known || !plain {
      add("--locale", text.isEmpty ? "is missing" : "must be a locale such as en_US")
    }
  }

  /// A mailbox; empty is none. The example's address is never a sender.
  mutating func mailbox(_ field: String, _ text: String) -> Mailbox? {
    if text.isEmpty { return nil }
    if Placeholder.matches(text) {
      add(field, "is the example's address, not yours")
      return nil
    }
    do throws(AddressingIssue) {
      return try Mailbox(text)
    } catch {
      add(field, "is not valid: \(error.message) \(error.remedy)".trimmingSpaces)
      return nil
    }
  }

  mutating func window(_ text: String) -> (start: String, end: String)? {
    let parts = text.split(separator: "-").map { String($0).trimmingSpaces }
    guard parts.count == 2, let start = TimeOfDay(parts[0]), let end = TimeOfDay(parts[1]),
      start != end, start.minutes < 1440
    else {
      add("--window", "must be two different times such as 09:00-17:00; 00:00-24:00 is always")
      return nil
    }
    return (start.rawValue, end.rawValue)
  }

  mutating func days(_ text: String) -> [Int]? {
    var days: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-").map { Int(String($0).trimmingSpaces) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        first <= last, (1...7).contains(first), (1...7).contains(last)
      else {
        add("--days", "must be days from 1 (Monday) to 7, such as 1-5 or 1,2,4")
        return nil
      }
      days.formUnion(first...last)
    }
    return days.sorted()
  }

  /// A reminder ladder: the name of one that AIOM ships, or ascending days such as `10/20/40`.
  mutating func ladder(_ text: String) -> [Int]? {
    if let shipped = DunningLadder.shipped.first(where: { $0.name == text }) {
      return shipped.allSteps
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let steps = parts.compactMap { Int(String($0).trimmingSpaces) }
    guard steps.count == parts.count, steps.count <= 12, steps.allSatisfy({ $0 <= 3650 }),
      let ladder = DunningLadder(name: "org", steps: steps)
    else {
      let names = DunningLadder.shipped.map(\.name).joined(separator: " or ")
      add("--ladder", "must be \(names), or up to 12 ascending days such as 10/20/40")
      return nil
    }
    return ladder.steps
  }

  /// The limits of what is reminded of.
  mutating func reminders(_ form: OrganisationForm) -> ReminderRules? {
    let interval = read("--remind-interval", "must be a whole number of days from 0 to 90") {
      Int(form.remindInterval).flatMap { ReminderRules.intervals.contains($0) ? $0 : nil }
    }
    let minimum = read("--remind-minimum", "must be a whole number from 0 to 1000000") {
      Int64(form.remindMinimum).flatMap { ReminderRules.minimums.contains($0) ? $0 : nil }
    }
    let age: Int?? = read("--payments-age", "must be days from 1 to 365, or none") {
      if form.paymentsAge == OrganisationForm.unlimited { return .some(nil) }
      return Int(form.paymentsAge).flatMap { ReminderRules.ages.contains($0) ? .some($0) : nil }
    }
    guard let interval, let minimum, let age else { return nil }
    return ReminderRules(intervalDays: interval, minimumUnits: minimum, paymentsAgeDays: age)
  }

  /// Where a key is found. A key itself is refused: it never stands in the database.
  mutating func keyReference(_ text: String, _ field: String = "--smtp2go-key") -> String? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, ["env", "file"].contains(parts[0]), !parts[1].isEmpty,
      parts[1].unicodeScalars.allSatisfy({ $0.value > 32 })
    else {
      add(field, "must be env:NAME or file:PATH, never the key itself")
      return nil
    }
    return text
  }

  /// Notes what a caller found wrong itself.
  mutating func refuse(_ field: String, _ text: String) { add(field, text) }

  mutating func add(_ field: String, _ text: String) {
    let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
    problems.append(OrganisationForm.Problem(field: field, text: sentence))
  }
}

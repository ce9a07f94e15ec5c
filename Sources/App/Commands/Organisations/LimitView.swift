import ActionProtocol
import Decisions

/// An organisation's share and limits for people and programs.
enum LimitView {
  static func json(_ limits: OrgLimits) -> JSONValue {
    func channel(_ limit: ChannelLimit) -> JSONValue {
      [
        "rate": limit.rate.map { .string($0.rawValue) } ?? .null,
        "calls": limit.calls.map { .integer(Int64($0)) } ?? .null,
      ]
    }
    return [
      "weight": .integer(Int64(limits.weight)), "email": channel(limits.email),
      "sms": channel(limits.sms),
    ]
  }

  /// Rows of a table of two columns.
  static func rows(_ limits: OrgLimits) -> [[String]] {
    [
      ["share of the work", "weight \(limits.weight)"],
      ["limits", "e-mail \(words(limits.email)); SMS \(words(limits.sms))"],
    ]
  }

  private static func words(_ limit: ChannelLimit) -> String {
    let parts = [limit.rate?.rawValue, limit.calls.map { "\($0) at once" }].compactMap { $0 }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}

extension OrgLimits {
  /// What the change to other limits changes, by the names of the fields: old and new.
  func changes(to new: OrgLimits) -> [(field: String, change: String)] {
    let values: [(String, String, String)] = [
      ("weight", String(weight), String(new.weight)),
      ("email_rate", Self.word(email.rate?.rawValue), Self.word(new.email.rate?.rawValue)),
      ("sms_rate", Self.word(sms.rate?.rawValue), Self.word(new.sms.rate?.rawValue)),
      (
        "email_calls", Self.word(email.calls.map(String.init)),
        Self.word(new.email.calls.map(String.init))
      ),
      (
        "sms_calls", Self.word(sms.calls.map(String.init)),
        Self.word(new.sms.calls.map(String.init))
      ),
    ]
    return values.filter { $0.1 != $0.2 }.map { ($0.0, "\($0.1) -> \($0.2)") }
  }

  private static func word(_ value: String?) -> String { value ?? OrganisationForm.unlimited }
}

extension FieldCheck {
  /// Share and limits; nil where something is wrong with them.
  mutating func limits(_ form: OrganisationForm) -> OrgLimits? {
    let weight = read("--weight", "must be a whole number from 1 to 100") {
      Int(form.weight).flatMap { OrgLimits.weights.contains($0) ? $0 : nil }
    }
    let email = channel("email", rate: form.emailRate, calls: form.emailCalls)
    let sms = channel("sms", rate: form.smsRate, calls: form.smsCalls)
    guard let weight, let email, let sms else { return nil }
    return OrgLimits(weight: weight, email: email, sms: sms)
  }

  private mutating func channel(_ name: String, rate: String, calls: String) -> ChannelLimit? {
    let none = OrganisationForm.unlimited
    let readRate: ChannelRate?? = read(
      "--\(name)-rate",
      "must be N/second, N/minute, N/hour or N/day with N from 1 to 100000, or none"
    ) { rate == none ? .some(nil) : ChannelRate(rawValue: rate).map { .some($0) } }
    let readCalls: Int?? = read("--\(name)-calls", "must be a whole number from 1 to 256, or none")
    {
      calls == none
        ? .some(nil)
        : Int(calls).flatMap { (1...ChannelLimit.mostCalls).contains($0) ? .some($0) : nil }
    }
    guard let readRate, let readCalls else { return nil }
    return ChannelLimit(calls: readCalls, rate: readRate)
  }
}

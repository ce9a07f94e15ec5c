import Foundation

/// An address or a domain that gets no more mail, and why.
struct Suppression: Sendable, Equatable {
  enum Reason: String, Sendable, CaseIterable {
    case manual, spam, unsubscribe, bounce, compliance
  }

  /// In lower case.
  var address: String
  var reason: Reason
  var description: String?
  /// The subject of the mail that led to it.
  var subject: String?
  var date: Date

  init(
    address: String, reason: Reason, description: String? = nil, subject: String? = nil, date: Date
  ) {
    self.address = address.lowercased()
    self.reason = reason
    self.description = description
    self.subject = subject
    self.date = date
  }

  init?(json: JSONValue) {
    guard let address = json["address"]?.string,
      let reason = json["reason"]?.string.flatMap(Reason.init(rawValue:)),
      let date = json["date"]?.string.flatMap(VendorDate.parseMilliseconds)
    else { return nil }
    self.init(
      address: address, reason: reason, description: json["description"]?.string,
      subject: json["subject"]?.string, date: date)
  }

  var json: JSONValue {
    var members: [JSONMember] = []
    members.add("address", .string(address))
    members.add("reason", .string(reason.rawValue))
    members.addIfSet("description", description)
    members.addIfSet("subject", subject)
    members.add("date", .string(VendorDate.rfc3339Milliseconds(date)))
    return .object(members)
  }
}

/// All suppressions of the account, one per address and reason.
struct SuppressionList: Sendable {
  private(set) var all: [String: [Suppression]] = [:]

  /// Keeps the first of the same address and reason.
  mutating func add(_ suppression: Suppression) {
    guard !contains(suppression.address, suppression.reason) else { return }
    all[suppression.address, default: []].append(suppression)
  }

  mutating func remove(_ address: String, _ reason: Suppression.Reason) {
    let address = address.lowercased()
    all[address]?.removeAll { $0.reason == reason }
    if all[address]?.isEmpty == true { all[address] = nil }
  }

  func contains(_ address: String, _ reason: Suppression.Reason) -> Bool {
    all[address.lowercased()]?.contains { $0.reason == reason } ?? false
  }

  /// Why a bare address gets no mail: by itself or by its domain.
  func reason(against address: String) -> Suppression.Reason? {
    guard !all.isEmpty else { return nil }
    let address = address.lowercased()
    if let found = all[address]?.first { return found.reason }
    guard let at = address.lastIndex(of: "@") else { return nil }
    return all[String(address[address.index(after: at)...])]?.first?.reason
  }

  /// Oldest first.
  var sorted: [Suppression] {
    all.values.flatMap(\.self).sorted { left, right in
      (left.date, left.address, left.reason.rawValue)
        < (right.date, right.address, right.reason.rawValue)
    }
  }
}

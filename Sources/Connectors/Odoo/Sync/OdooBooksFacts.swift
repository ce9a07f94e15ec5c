import ActionProtocol
import Foundation
import Odoo

/// What mapping has to know besides the record: read once for a synchronisation.
struct OdooBooksFacts: Sendable {
  /// ISO codes by id of `res.currency` and `res.country`.
  var currencies: [Int: String] = [:]
  var countries: [Int: String] = [:]
  /// Ids of tags on customers.
  var disputeTags: Set<Int> = []
  var neverRemindTags: Set<Int> = []
  /// In which the org's days begin.
  var zone: TimeZone
}

/// Why a record cannot stand in the ledger: a stable code.
enum OdooLeftOut: String, Error, Hashable {
  case currencyUnknown = "currency_unknown"
  case amountNegative = "amount_negative"
  case amountUnreadable = "amount_unreadable"
  case customerMissing = "customer_missing"
  case stageMissing = "stage_missing"
  case projectMissing = "project_missing"
  case recordMissing = "record_missing"
  case stateUnknown = "state_unknown"
  case dateMissing = "date_missing"
}

extension OdooRecord {
  var id64: Int64 { Int64(id) }

  func id(_ field: FieldName) -> Int64? { link(field).map { Int64($0.id) } }

  /// A text without blanks around it; nil where nothing is left.
  func line(_ field: FieldName) -> String? {
    let text = text(field)?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text?.isEmpty == false ? text : nil
  }

  func day(_ field: FieldName) -> LocalDate? {
    date(field).flatMap { LocalDate(year: $0.year, month: $0.month, day: $0.day) }
  }

  /// A day, or the day in which an instant lies.
  func day(_ field: FieldName, in zone: TimeZone) -> LocalDate? {
    day(field) ?? instant(field).map { LocalDate($0, in: zone) }
  }

  func instant(_ field: FieldName) -> Instant? {
    time(field).map { Instant(milliseconds: Int64($0.secondsSinceEpoch) * 1000) }
  }
}

extension OdooBooksFacts {
  /// An amount in a currency of the record.
  /// - Parameter currency: where the field itself does not say.
  func money(
    _ record: OdooRecord, _ field: FieldName, currency: FieldName
  ) throws(OdooLeftOut) -> Money? {
    let amount: Double
    var link = record.link(currency)
    switch record[field] {
    case .money(let money)?:
      amount = money.amount
      link = money.currency ?? link
    case .number(let number)?: amount = number
    case .integer(let number)?: amount = Double(number)
    default: return nil
    }
    guard let link, let code = currencies[link.id], let currency = Currency(code: code) else {
      throw .currencyUnknown
    }
    let whole = Monetary(amount: amount, currency: link)
    guard let minor = whole.minorUnits(decimalPlaces: currency.exponent) else {
      throw .amountUnreadable
    }
    return Money(minorUnits: minor, currency: currency)
  }
}

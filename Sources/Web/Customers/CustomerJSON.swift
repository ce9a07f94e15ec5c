import ActionProtocol
import Decisions
import Engine

/// Customers for programs.
enum CustomerJSON {
  static func record(_ record: CustomerRecord, debts: [CustomerDebt]) -> JSONObject {
    [
      "partner_id": .integer(record.id.rawValue), "name": .string(record.name),
      "email": text(record.email), "phone": text(record.phone), "country": text(record.country),
      "language": text(record.language), "never_remind": .bool(record.neverRemind),
      "disputed": .bool(record.isDisputed), "gone_at": instant(record.goneAt),
      "as_of": .string(record.asOf.rfc3339), "owed": .array(debts.map(debt)),
    ]
  }

  static func picture(_ picture: CustomerPicture) -> JSONValue {
    var object = record(picture.record, debts: picture.debts)
    object["contacts"] = .array(picture.contacts.map(contact))
    object["merged_with"] = .array(picture.mergedWith.map { .integer($0.rawValue) })
    object["invoices"] = .array(picture.invoices.map(invoice))
    object["holds"] = .array(
      picture.holds.map {
        [
          "hold_id": .string($0.id), "binding": .bool($0.isBinding),
          "explanation": .string($0.explanation),
        ]
      })
    object["channels"] = .array(picture.outreach.map(channel))
    object["suppressions"] = .array(
      picture.suppressions.map {
        ["id": .string($0.id), "channel": .string($0.channel.rawValue)]
      })
    object["last_answer"] = instant(picture.lastAnswer)
    object["live"] = .array(picture.live.map(\.json))
    object["ended"] = .array(picture.ended.map(\.json))
    object["now"] = .string(picture.now.rfc3339)
    return .object(object)
  }

  private static func contact(_ record: CustomerRecord) -> JSONValue {
    [
      "partner_id": .integer(record.id.rawValue), "name": .string(record.name),
      "email": text(record.email), "phone": text(record.phone), "role": text(record.role),
    ]
  }

  private static func debt(_ debt: CustomerDebt) -> JSONValue {
    [
      "open": .string(debt.open.decimalText), "currency": .string(debt.open.currency.code),
      "invoices": .integer(Int64(debt.invoices)), "earliest_due": day(debt.earliestDue),
    ]
  }

  private static func invoice(_ invoice: OpenInvoice) -> JSONValue {
    [
      "number": .string(invoice.number), "partner_id": .integer(invoice.partner.rawValue),
      "issued_on": day(invoice.issuedOn), "due_on": day(invoice.dueOn),
      "total": .string(invoice.total.decimalText), "open": .string(invoice.open.decimalText),
      "currency": .string(invoice.open.currency.code), "disputed": .bool(invoice.isDisputed),
      "never_remind": .bool(invoice.neverRemind),
    ]
  }

  private static func channel(_ picture: OutreachPicture) -> JSONValue {
    let (word, until): (String, Instant?) =
      switch picture.next {
      case .send: ("send", nil)
      case .wait(let until, _): ("wait", until)
      case .needsPerson: ("needs_person", nil)
      case .drop: ("drop", nil)
      }
    return [
      "channel": .string(picture.channel.rawValue), "next": .string(word),
      "next_at": instant(until), "rules": .array(picture.next.reasons.map { .string($0.rule) }),
      "cool_down_until": instant(picture.coolDownEnds),
      "counted_in_hour": .integer(Int64(picture.inHour)),
      "counted_in_day": .integer(Int64(picture.inDay)),
      "messages": .array(
        picture.entries.map { entry in
          [
            "at": .string(entry.at.rfc3339), "sent": .bool(entry.isSent),
            "action_id": entry.isImported ? .null : .string(entry.operation.action.rawValue),
          ]
        }),
    ]
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  private static func day(_ day: LocalDate?) -> JSONValue { day.map { .string($0.iso) } ?? .null }
  private static func instant(_ at: Instant?) -> JSONValue {
    at.map { .string($0.rfc3339) } ?? .null
  }
}

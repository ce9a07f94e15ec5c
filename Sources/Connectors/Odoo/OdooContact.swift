import Addressing
import Odoo

/// A partner's addresses as AIOM uses them. Whoever brings partners from Odoo and whoever checks them
/// in the moment of acting reads them by the same rule.
public enum OdooContact {
  /// The model of customers and their contacts.
  public static let model: ModelName = "res.partner"

  /// Fields that are read beside an address to understand it, where the server has them.
  static func further(_ model: ModelName, _ fields: [FieldName]) -> [FieldName] {
    guard model == Self.model else { return [] }
    var further: [FieldName] = []
    if fields.contains("email") { further.append("email_normalized") }
    if fields.contains("phone") { further.append("phone_sanitized") }
    return further
  }

  /// The first address of `email`: as it is written where it is the only one, else as Odoo read it
  /// (`email_normalized`). Nil where there is none that mail can be sent to.
  public static func email(_ record: OdooRecord) -> String? {
    let written = record.text("email")?.trimmed ?? ""
    let read = record.text("email_normalized")?.trimmed ?? ""
    if read.isEmpty { return parsed(written) }
    return written.lowercased() == read.lowercased() ? parsed(written) : parsed(read)
  }

  /// The number of `phone` in E.164; nil where it is none.
  public static func phone(_ record: OdooRecord) -> String? {
    for field in ["phone_sanitized", "phone"] as [FieldName] {
      let text = record.text(field)?.filter { !" -()./\u{A0}".contains($0) } ?? ""
      let number = text.hasPrefix("00") ? "+" + text.dropFirst(2) : text
      do throws(AddressingIssue) {
        return try PhoneNumber(e164: number).e164
      } catch {
        continue
      }
    }
    return nil
  }

  private static func parsed(_ text: String) -> String? {
    do throws(AddressingIssue) {
      return try EmailAddress(text).rawValue
    } catch {
      return nil
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

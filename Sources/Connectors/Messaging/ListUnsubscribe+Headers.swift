import Addressing
import Engine
import SMTP2GO

extension ListUnsubscribe {
  /// `List-Unsubscribe` (RFC 2369), the link before the mailbox, and beside a link
  /// `List-Unsubscribe-Post` (RFC 8058), which promises that one POST is enough.
  var headers: [OutgoingEmail.Header] {
    get throws {
      let mail = "<mailto:\(Self.escaped(mailbox.rawValue))?subject=unsubscribe>"
      guard let link else { return [try OutgoingEmail.Header("List-Unsubscribe", mail)] }
      return [
        try OutgoingEmail.Header("List-Unsubscribe", "<\(link)>, \(mail)"),
        try OutgoingEmail.Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
      ]
    }
  }

  /// What may not stand in a mailto link as it is (RFC 6068, section 2), as `%XX`.
  private static func escaped(_ address: String) -> String {
    var text = ""
    for byte in address.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x40, 0x2B:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}

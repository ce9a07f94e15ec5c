import Foundation

/// An event as bytes.
enum WebhookBody {
  static func bytes(_ members: [JSONMember], _ format: SandboxWebhook.Format) -> [UInt8] {
    switch format {
    case .json: JSONValue.object(members).encoded
    case .form: Array(form(members).utf8)
    }
  }

  static func contentType(_ format: SandboxWebhook.Format) -> String {
    switch format {
    case .json: "application/json"
    case .form: "application/x-www-form-urlencoded"
    }
  }

  /// Lists are joined with commas: how the real service writes them is not known.
  private static func form(_ members: [JSONMember]) -> String {
    members.map { member in
      let value =
        member.value.string
        ?? member.value.array.map { items in
          items.compactMap(\.string).joined(separator: ",")
        }
      return encoded(member.name) + "=" + encoded(value ?? member.value.text)
    }.joined(separator: "&")
  }

  private static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): result.append(UInt8(ascii: "+"))
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "*"):
        result.append(byte)
      case _ where byte.isAlphanumeric: result.append(byte)
      default:
        result.append(UInt8(ascii: "%"))
        result.append(HexDigits.uppercase(byte >> 4))
        result.append(HexDigits.uppercase(byte & 15))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

import Foundation
import Odoo

/// What Odoo's merging of contacts leaves behind: a note on the one that stays, written by Odoo itself.
///
/// "Merged with the following partners: Acme <billing@acme.example> (ID 45)" (base.partner.merge, 14 to
/// 19); in other languages other words, the id in the same place.
enum MergeNote {
  /// So many partners are asked for at once.
  static let most = 20

  /// The notes that may name one of the partners. What customers send has other types.
  static func domain(of partners: [Int64]) -> Domain {
    .text("model").is("res.partner") && .choice("message_type").is("notification")
      && .any(
        of: partners.flatMap { id in
          endings.map { Domain.text("body").contains(" \(id)\($0)") }
        })
  }

  /// Whether a note says that a partner was merged into its record.
  /// - Parameter body: HTML.
  static func names(_ partner: Int64, in body: String) -> Bool {
    let hasAddresses = body.contains("&gt;")
    return endings.contains { ending in
      body.ranges(of: " \(partner)\(ending)").contains { place in
        let before = body[..<place.lowerBound]
        guard let bracket = before.lastIndex(where: { "(（<>&".contains($0) }),
          "(（".contains(before[bracket])
        else { return false }
        // A name may hold brackets too; the id follows the address, and no address follows it.
        let head = before[..<bracket].trimmingCharacters(in: .whitespaces)
        let tail = body[place.upperBound...].trimmingCharacters(in: .whitespaces)
        return !hasAddresses || head.hasSuffix("&gt;") && !tail.hasPrefix("&lt;")
      }
    }
  }

  private static let endings = [")", "）"]
}

import Engine
import Odoo

/// What Odoo says of partners that it merged into others.
extension OdooSyncSource {
  func merges(of partners: [Int64]) async throws -> [Int64: Set<Int64>] {
    var merges: [Int64: Set<Int64>] = [:]
    for start in stride(from: 0, to: partners.count, by: MergeNote.most) {
      let part = Array(partners[start..<min(start + MergeNote.most, partners.count)])
      for note in try await mergeNotes(naming: part) {
        guard let body = note.text("body"), let heir = note.integer("res_id"), heir > 0 else {
          continue
        }
        for partner in part where MergeNote.names(partner, in: body) {
          merges[partner, default: []].insert(Int64(heir))
        }
      }
    }
    return merges
  }

  /// Notes that may not be read prove nothing.
  private func mergeNotes(naming partners: [Int64]) async throws(OdooError) -> [OdooRecord] {
    do throws(OdooError) {
      return try await reader.search(
        Search(
          "mail.message", where: MergeNote.domain(of: partners), fields: ["body", "res_id"],
          order: Order(.descending("id")), limit: 200))
    } catch {
      guard error.kind == .accessDenied || error.kind == .modelUnknown else { throw error }
      return []
    }
  }
}

import Foundation

@testable import Odoo

/// Records as real servers gave them; the exchanges lie beside the repository.
enum OdooTranscripts {
  static let folder: URL = {
    let shared = ProcessInfo.processInfo.environment["AIOM_SHARED"].map { URL(fileURLWithPath: $0) }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return (shared ?? root.deletingLastPathComponent().appendingPathComponent("shared"))
      .appendingPathComponent("reference")
  }()

  static let areThere = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("odoo-transcripts-19").path)

  struct Unreadable: Error {}

  private static func answer(_ version: Int, _ name: String) throws -> OdooJSON {
    let file = folder.appendingPathComponent("odoo-transcripts-\(version)/\(name).json")
    guard let json = JSONReader.read(try String(contentsOf: file, encoding: .utf8)),
      let result = json["response"]?["body"]?["result"]
    else { throw Unreadable() }
    return result
  }

  /// The fields that the server described, and what it did not describe as named.
  static func fields(_ version: Int, _ model: String, _ more: String = "{}") throws -> FieldSet {
    let name = "fields_get_" + model.replacing(".", with: "_")
    guard var members = try answer(version, name).members,
      let extra = JSONReader.read(more)?.members
    else { throw Unreadable() }
    members.merge(extra) { known, _ in known }
    guard let set = FieldSet(.object(members)) else { throw Unreadable() }
    return set
  }

  static func records(
    _ version: Int, _ name: String, _ model: ModelName, _ set: FieldSet
  ) throws -> [OdooRecord] {
    let rows = (try answer(version, name).elements ?? []).filter { $0.members != nil }
    let named = rows.first?.members?.keys.compactMap { FieldName($0) } ?? []
    let decoder = try RecordDecoder(
      model, named.filter { set[$0] != nil }, set, readsArchive: false)
    return try decoder.records(.array(rows))
  }

  /// A record as a server would give it, from its JSON.
  static func record(
    _ model: ModelName, _ fields: String, _ row: String
  ) throws -> OdooRecord {
    guard let described = JSONReader.read(fields), let set = FieldSet(described),
      let json = JSONReader.read(row)
    else { throw Unreadable() }
    let decoder = try RecordDecoder(model, Array(set.fields.keys), set, readsArchive: false)
    guard let record = try decoder.records(.array([json])).first else { throw Unreadable() }
    return record
  }
}

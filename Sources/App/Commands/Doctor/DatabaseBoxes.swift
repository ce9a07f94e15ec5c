import Foundation
import Store

/// The boxes about the database file.
struct DatabaseBoxes: Sendable {
  let settings: Settings

  /// Whoever may write to the file may decide; nobody else may even read it.
  var mode: Box {
    switch settings.place {
    case .file(let path): mode(of: path)
    case .server:
      Box(
        "database_mode", "Database", .ok,
        "\(settings.database): whoever may write to it may decide")
    }
  }

  private func mode(of path: String) -> Box {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue else {
      return Box(
        "database_mode", "Database file", .cannotTell, "its mode cannot be read", fix: path)
    }
    let shown = String(mode & 0o777, radix: 8)
    return mode & 0o077 == 0
      ? Box("database_mode", "Database file", .ok, "\(path), mode 0\(shown)")
      : Box(
        "database_mode", "Database file", .missing, "mode 0\(shown): others may open it",
        fix: "chmod 600 \(path)")
  }

  func schema(_ house: House) async -> Box {
    do {
      let version = try await house.schema.schemaVersion()
      let durability = try await house.database.durability()
      if let (found, fix) = durability.problem {
        return Box("schema", "Schema, durability", .missing, found, fix: fix)
      }
      return Box(
        "schema", "Schema, durability", .ok,
        "schema \(version) of \(Migrator.all.count), \(durability.words)")
    } catch {
      return Box(
        "schema", "Schema, durability", .cannotTell, Failure(explaining: error).message,
        fix: "`aiom migrate`.")
    }
  }
}

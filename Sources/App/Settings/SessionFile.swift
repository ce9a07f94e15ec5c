import Foundation

/// The session that `aiom login` keeps: one line in a file that only its owner may read.
struct SessionFile: Sendable {
  let path: String

  init(home: String) { path = SettingsReader.join(home, "session") }

  /// Nil where there is none. A file that others may read is none: its session may be anybody's.
  var token: String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return nil }
    let token = text.trimmingSpaces
    return token.isEmpty ? nil : token
  }

  /// Keeps a session, in place of an earlier one.
  func keep(_ token: String) throws {
    remove()
    let made = FileManager.default.createFile(
      atPath: path, contents: Data((token + "\n").utf8), attributes: [.posixPermissions: 0o600])
    guard made else {
      throw Failure(
        .notConfigured, "session.not_writable", "The session cannot be kept in \(path).",
        remedy: "Make the directory writable for you, or set AIOM_TOKEN to a token instead.")
    }
  }

  func remove() {
    // What is not there needs no removing.
    try? FileManager.default.removeItem(atPath: path)
  }
}

import Foundation

extension Settings {
  /// The token of AIOM_TOKEN, else of the file that AIOM_TOKEN_FILE names; nil where neither is set. A
  /// secret, which is never an option of a command: those stand in process lists.
  /// - Throws: ``Failure`` where the file cannot be read, holds none, or is open to others.
  func accessToken() throws -> String? {
    if let token { return token }
    guard let tokenFile else { return nil }
    let attributes = try? FileManager.default.attributesOfItem(atPath: tokenFile)
    guard let mode = attributes?[.posixPermissions] as? Int,
      let text = try? String(contentsOfFile: tokenFile, encoding: .utf8)
    else { throw Self.fault("cannot be read", "Check the path, and that you may read the file.") }
    guard mode & 0o077 == 0 else {
      throw Self.fault("is open to others", "chmod 600 it, and make a new token if others had it.")
    }
    let token = text.trimmingSpaces
    guard !token.isEmpty, APIKeyShape.accepts(token) else {
      throw Self.fault("holds no token", "Put one token into it, as `aiom token create` shows it.")
    }
    return token
  }

  private static func fault(_ problem: String, _ remedy: String) -> Failure {
    Failure(
      .notConfigured, "settings.token_file", "The file of AIOM_TOKEN_FILE \(problem).",
      remedy: remedy)
  }
}

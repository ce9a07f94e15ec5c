import Foundation
import SMTP2GO

/// Where an organisation's key is: `env:NAME` or `file:PATH`. The database holds only this.
enum CredentialReference {
  /// The key, or nil where nothing usable stands there.
  static func key(_ reference: String, _ settings: Settings) -> APIKey? {
    if reference == "env:\(SettingKey.apiKey.rawValue)" { return settings.apiKey }
    if reference.hasPrefix("env:") {
      return usable(ProcessInfo.processInfo.environment[String(reference.dropFirst(4))])
    }
    if reference.hasPrefix("file:") {
      let data = FileManager.default.contents(atPath: String(reference.dropFirst(5)))
      return usable(data.map { String(decoding: $0, as: UTF8.self) })
    }
    return nil
  }

  /// The API key of an Odoo, or nil where nothing usable stands there.
  static func odooKey(_ reference: String, _ settings: Settings) -> String? {
    if reference == "env:\(SettingKey.odooKey.rawValue)" { return settings.odoo.key }
    return key(reference, settings)?.unredacted()
  }

  private static func usable(_ text: String?) -> APIKey? {
    guard let text = text?.trimmingSpaces, !Placeholder.matches(text), APIKeyShape.accepts(text)
    else { return nil }
    return APIKey(text)
  }
}

import ActionProtocol
import Engine

/// A setting of an organisation as people write it.
public struct SettingField: Sendable {
  /// `window`, `cap.email.org.hour`.
  public var name: String
  public var label: String
  public var value: String
  /// What may stand there.
  public var hint: String

  public init(name: String, label: String, value: String, hint: String) {
    self.name = name
    self.label = label
    self.value = value
    self.hint = hint
  }
}

/// Settings that belong together.
public struct SettingGroup: Sendable {
  public var title: String
  public var fields: [SettingField]

  public init(title: String, fields: [SettingField]) {
    self.title = title
    self.fields = fields
  }
}

/// Something that AIOM talks to, and whether it can; never a secret.
public struct ChannelLine: Sendable {
  public var name: String
  public var isConfigured: Bool
  public var words: String

  public init(name: String, isConfigured: Bool, words: String) {
    self.name = name
    self.isConfigured = isConfigured
    self.words = words
  }
}

/// Settings that were refused: each field with what is wrong.
public struct SettingFault: Error {
  public var problems: [(field: String, text: String)]

  public init(_ problems: [(field: String, text: String)]) { self.problems = problems }
}

/// An organisation's settings, as `aiom org set` changes them.
public protocol OrganisationSettings: Sendable {
  func channels(_ organisation: Organisation) -> [ChannelLine]
  /// What a page may change, as it stands.
  func groups(_ organisation: Organisation) -> [SettingGroup]
  /// Changes what is named, all or nothing, with its audit entry.
  /// - Throws: ``SettingFault`` with everything that is wrong.
  func change(
    _ org: OrgID, _ values: [String: String], by author: Author, via: String
  ) async throws
}

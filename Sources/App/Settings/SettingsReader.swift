import Configuration
import Foundation

/// Finds each setting in the first place that has it.
///
/// The order: a flag of the command, the environment, `.env` in the working directory, `.env` in
/// `AIOM_HOME`. A placeholder counts as unset, so the next place is asked.
struct SettingsReader: Sendable {
  /// One place with its values.
  private struct Place: Sendable {
    let source: SettingSource
    let values: EnvironmentVariablesProvider

    init(_ source: SettingSource, _ variables: [String: String]) {
      self.source = source
      let known = Set(SettingKey.allCases.map(\.rawValue))
      values = EnvironmentVariablesProvider(
        environmentVariables: variables.filter { known.contains($0.key) },
        secretsSpecifier: .specific(Self.secrets))
    }

    func value(_ key: SettingKey) throws -> String? {
      try values.environmentValue(forName: key.rawValue)
    }

    private static let secrets = Set(
      SettingsTable.rows.filter(\.isSecret).map(\.key.rawValue))
  }

  private let flags: [SettingKey: (name: String, value: String)]
  private var places: [Place]
  /// What in the files was passed over, for a person.
  private(set) var warnings: [String] = []

  /// - Parameters:
  ///   - flags: values from the command line, with the flag's name.
  ///   - environment: the process's variables.
  ///   - directory: the working directory.
  ///   - readFile: the text of a file, nil where there is none.
  init(
    flags: [SettingKey: (name: String, value: String)] = [:], environment: [String: String],
    directory: String, readFile: (String) throws -> String? = Self.contents
  ) throws {
    self.flags = flags
    places = [Place(.environment, environment)]
    let local = Self.join(directory, ".env")
    if let text = try readFile(local) {
      add(text, from: ".env")
    }
    let home = Self.expanded(
      try first(.home)?.value ?? "~/.aiom", directory: directory, environment: environment)
    let distant = Self.join(home, ".env")
    if distant != local, let text = try readFile(distant) {
      add(text, from: distant)
    }
  }

  private mutating func add(_ text: String, from file: String) {
    places.append(Place(.file(file), DotEnv.parse(text)))
    let unread = DotEnv.unreadLines(text)
    guard let first = unread.first else { return }
    let more = unread.count == 1 ? "" : " and \(unread.count - 1) more"
    warnings.append("\(file), line \(first)\(more): not NAME=value, so it sets nothing.")
  }

  /// All settings, in the table's order.
  func resolve() throws -> [ResolvedSetting] {
    try SettingsTable.rows.map { row in
      let found = try first(row.key)
      let passed = try passedOver(row.key)
      guard let found else {
        return ResolvedSetting(
          row: row, given: nil, source: row.fallback == nil ? .unset : .fallback,
          placeholderIn: passed, problem: nil)
      }
      return ResolvedSetting(
        row: row, given: found.value, source: found.source, placeholderIn: passed,
        problem: row.problem(with: found.value))
    }
  }

  private func first(_ key: SettingKey) throws -> (value: String, source: SettingSource)? {
    if let flag = flags[key] { return (flag.value, .flag(flag.name)) }
    for place in places {
      guard let value = try place.value(key)?.trimmingSpaces, !Placeholder.matches(value) else {
        continue
      }
      return (value, place.source)
    }
    return nil
  }

  private func passedOver(_ key: SettingKey) throws -> SettingSource? {
    for place in places {
      guard let value = try place.value(key)?.trimmingSpaces, !value.isEmpty else { continue }
      return Placeholder.matches(value) ? place.source : nil
    }
    return nil
  }

  // MARK: Paths

  static func contents(_ path: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .notConfigured, "settings.file_unreadable", "The file \(path) cannot be read.",
        remedy: "Correct its permissions, or move it away.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// An absolute path: `~` is the user's home, anything relative begins at the working directory.
  static func expanded(
    _ path: String, directory: String, environment: [String: String]
  ) -> String {
    let home = environment["HOME"] ?? NSHomeDirectory()
    if path == "~" { return home }
    if path.hasPrefix("~/") { return join(home, String(path.dropFirst(2))) }
    return path.hasPrefix("/") ? path : join(directory, path)
  }

  static func join(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }
}

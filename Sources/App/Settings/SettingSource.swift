/// Where a value came from.
enum SettingSource: Hashable, Sendable {
  case flag(String)
  case environment
  case file(String)
  case fallback
  case unset

  var label: String {
    switch self {
    case .flag(let name): name
    case .environment: "environment"
    case .file(let path): path
    case .fallback: "default"
    case .unset: "unset"
    }
  }
}

/// A setting with its value and where that came from.
struct ResolvedSetting: Sendable {
  let row: SettingRow
  /// The value as written; nil where none was given. Never shown where `row.isSecret`.
  let given: String?
  let source: SettingSource
  /// Where a placeholder stood that was passed over.
  let placeholderIn: SettingSource?
  /// What is wrong with the value.
  let problem: String?

  /// The value for people: secrets masked, the default where nothing is given.
  var shown: String {
    guard let given else { return row.fallback ?? "" }
    return row.isSecret ? "set (\(given.count) characters, hidden)" : given
  }
}

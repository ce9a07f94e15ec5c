import ActionProtocol

/// One thing of the go-live checklist.
public struct SetupLine: Sendable {
  public enum State: String, Sendable {
    case ok, missing
    case cannotTell = "cannot_tell"
    case skipped
  }

  /// Stable, as `aiom doctor --json` names it.
  public var id: String
  public var title: String
  public var state: State
  public var found: String
  /// What to do; empty where nothing is to do.
  public var fix: String
  /// Whether all that is needed works without it.
  public var isOptional: Bool

  public init(
    id: String, title: String, state: State, found: String, fix: String, isOptional: Bool
  ) {
    self.id = id
    self.title = title
    self.state = state
    self.found = found
    self.fix = fix
    self.isOptional = isOptional
  }

  var isInTheWay: Bool { state == .missing && !isOptional }
}

/// Lines that belong together.
public struct SetupGroup: Sendable {
  public var title: String
  public var lines: [SetupLine]

  public init(title: String, lines: [SetupLine]) {
    self.title = title
    self.lines = lines
  }
}

/// Looks at what going live takes. Asks nobody outside, and changes nothing.
public protocol SetupReading: Sendable {
  func groups(_ org: OrgID) async throws -> [SetupGroup]
}

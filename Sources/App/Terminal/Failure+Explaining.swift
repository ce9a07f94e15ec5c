import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import SQLiteDriver
import Sandbox
import Store

extension Failure {
  /// Any error, in words for a person.
  init(explaining error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DecisionError: self.init(decision: error)
    case let error as AccessError: self.init(access: error)
    case let error as StoreError: self.init(store: error)
    case let error as LedgerFileError: self.init(file: error)
    case let error as ProtocolIssues:
      self.init(
        .refused, "proposal.invalid", error.issues.map(\.message).joined(separator: "\n"),
        remedy: error.issues.first?.remedy ?? "",
        details: ["issues": .array(error.issues.map(\.json))])
    case let error as AddressingIssue:
      self.init(.refused, error.code, error.message, remedy: error.remedy)
    case let error as DraftingError:
      self.init(
        .notConfigured, error.code, "A template cannot be filled: \(error.detail)",
        remedy: "Correct the template \(error.template).")
    case let error as ChannelRefusal:
      self.init(.notConfigured, error.code, "No message can go out.", remedy: error.remedy)
    case let error as SandboxError: self.init(sandbox: error)
    case let fault as BackupFault:
      self.init(.refused, fault.code, fault.message, remedy: fault.remedy)
    case ProcessLifeError.declaredDead:
      self.init(
        .unavailable, "process.declared_dead",
        "This process was away for longer than its lease, and another took over what it had.",
        remedy: "Nothing is lost. Start it again.")
    case is CancellationError:
      self.init(.unavailable, "cancelled", "Stopped before it was done.", remedy: "Run it again.")
    default: self.init(unexpected: error)
    }
  }

  private init(decision error: DecisionError) {
    let status: ExitStatus = error.kind == .conflict ? .conflict : .refused
    var details = JSONObject()
    if !error.issues.isEmpty { details["issues"] = .array(error.issues.map(\.json)) }
    self.init(status, error.code, error.message, remedy: error.remedy, details: details)
  }

  private init(access error: AccessError) {
    let status: ExitStatus =
      switch error.kind {
      case .unauthenticated: .notConfigured
      case .conflict: .conflict
      case .tooMany: .unavailable
      case .forbidden, .invalid, .unknown: .refused
      }
    self.init(status, error.code, error.message, remedy: error.remedy)
  }

  private init(store error: StoreError) {
    let code = "store.\(error.code)"
    switch error.code {
    case "busy":
      self.init(
        .unavailable, code, "The database is busy.", remedy: "Run it again in a moment.")
    case "schema":
      self.init(
        .notConfigured, code, "The database has another schema: \(error.detail)",
        remedy: "Use the aiom it was made with, or a newer one.")
    case "login", "certificate", "database_missing", "address":
      self.init(unusable: error, code)
    case "connection_lost":
      self.init(
        .unavailable, code, "The database cannot be reached: \(error.detail)",
        remedy: "Check DATABASE_URL and the server; `aiom doctor` looks.")
    case "commit_unknown":
      self.init(
        .unavailable, code, "The database did not say whether this was done.",
        remedy: "Nothing was sent. Look at the action or list again before you repeat it.")
    case "io":
      self.init(
        .unavailable, code, "The database cannot be read or written: \(error.detail)",
        remedy: "Check the disk, the path and its permissions; `aiom doctor` looks.")
    case "corrupt":
      self.init(
        .internalError, code, "The database is damaged: \(error.detail)",
        remedy: "Stop every aiom and restore a backup.")
    default:
      self.init(
        .internalError, code, "The database refused: \(error.detail)",
        remedy: "Nothing was changed. If it happens again, report it with this code.")
    }
  }

  /// What `DATABASE_URL` says and the server does not accept.
  private init(unusable error: StoreError, _ code: String) {
    let (problem, remedy) =
      switch error.code {
      case "login":
        (
          "The server of DATABASE_URL refuses the login",
          "Correct user and password in DATABASE_URL (or PGPASSWORD, ~/.pgpass), or the rule for "
            + "them in the server's pg_hba.conf."
        )
      case "certificate":
        (
          "The server of DATABASE_URL is not trusted",
          "Let sslrootcert in DATABASE_URL name the authority that signed the server's certificate, "
            + "and the host be the name in it. A weaker sslmode would trust anybody."
        )
      case "database_missing":
        (
          "The server of DATABASE_URL has no such database",
          "Create it (createdb --encoding UTF8), or correct its name in DATABASE_URL."
        )
      default:
        ("DATABASE_URL cannot be used", "Correct it; `aiom config` shows what is read.")
      }
    self.init(.notConfigured, code, "\(problem): \(error.detail)", remedy: remedy)
  }

  private init(file error: LedgerFileError) {
    let place = error.line.map { "Line \($0): " } ?? ""
    self.init(
      .refused, error.code, place + error.problem, remedy: error.remedy,
      details: ["line": error.line.map { .integer(Int64($0)) } ?? .null])
  }

  private init(sandbox error: SandboxError) {
    self.init(
      .unavailable, "sandbox.\(error.code)", "The sandbox cannot start: \(error.description).",
      remedy: "Check the file given with --state.")
  }

  /// Something nobody foresaw. The error's own words may contain anything, so only its type is shown.
  private init(unexpected error: any Error) {
    let type = String(describing: Swift.type(of: error))
    let text = String(describing: error)
    if text.contains("ddress already in use") || text.contains("EADDRINUSE") {
      self.init(
        .unavailable, "port.in_use", "The port is in use already.",
        remedy: "Choose another with --port, or stop the program that has it.")
    } else {
      self.init(
        .internalError, "internal", "Something unexpected went wrong (\(type)).",
        remedy: "Run it again with AIOM_LOG_LEVEL=debug; report it with this text.")
    }
  }
}

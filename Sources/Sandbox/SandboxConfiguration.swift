public import Foundation

/// How one local SMTP2GO behaves.
public struct SandboxConfiguration: Sendable {
  /// The key that a sandbox accepts unless told otherwise. Not a secret: it opens nothing else.
  public static let defaultKey = "api-SANDBOX0000000000000000000000000"

  /// Makes the vendor's six minutes nine tenths of a second, and its two days seven minutes.
  public static let defaultRetryScale = 0.0025

  /// The port on 127.0.0.1; 0 takes any free one.
  public var port: Int
  /// The accepted API keys.
  public var keys: [String]
  /// The endpoints of a key ("/email/send"); a key that is not listed may call all of them.
  public var keyPermissions: [String: [String]]
  /// Keys in the vendor's sandbox mode: their mail is accepted and then shows as rejected.
  public var sandboxedKeys: Set<String>
  /// Keys with a status, a limit or a region; one that stands in `keys` too takes its place.
  public var furtherKeys: [SandboxKey]
  /// The region that `/v3` plays (`us`, `eu`, `au`); `nil` for one that knows every key, as the
  /// vendor's global address does for a caller in the right place.
  public var region: String?
  /// Where accepted messages are kept over a restart: JSON lines, only appended to.
  public var stateFile: String?
  /// Whether each line is forced to the disk before the answer goes out. A killed process loses
  /// nothing either way; only a killed machine does.
  public var synchronizesStateFile: Bool
  /// Single addresses that may send; `nil` for both this and `verifiedDomains` accepts every sender.
  public var verifiedSenders: [String]?
  /// Domains that may send; `nil` for both this and `verifiedSenders` accepts every sender.
  public var verifiedDomains: [String]?
  /// How a sender that is not verified is refused: the vendor's documents leave both possible.
  public var unverifiedSenderAnswer: UnverifiedSenderAnswer
  /// The status for a well-formed key that nobody owns; 400, 401 and 500 were all seen live.
  public var unknownKeyStatus: Int
  /// The status for a key without permission: 400 in the specification, 403 in the documents.
  public var permissionDeniedStatus: Int
  /// What the waits between two posts of an event are multiplied with; 1 is the vendor's pace (six
  /// minutes, then hours), 0 posts again at once.
  public var webhookRetryScale: Double
  /// How many messages are kept; older ones are forgotten.
  public var maximumMessages: Int
  /// How many bytes of texts are kept in memory, and eight times as many of files on disk; older
  /// messages are forgotten.
  public var maximumBytes: Int
  /// Whether `/activity/search` answers 429 after 60 calls a minute.
  public var limitsRates: Bool
  /// How long an event stays invisible to `/activity/search`.
  public var activityDelay: Duration
  /// The clock that dates messages and opens rate-limit windows.
  public var clock: @Sendable () -> Date

  /// A sandbox that accepts `defaultKey` and every sender, and keeps nothing on disk.
  public init(
    port: Int = 0, keys: [String] = [SandboxConfiguration.defaultKey], stateFile: String? = nil
  ) {
    self.port = port
    self.keys = keys
    self.stateFile = stateFile
    keyPermissions = [:]
    sandboxedKeys = []
    furtherKeys = []
    webhookRetryScale = Self.defaultRetryScale
    maximumMessages = 200_000
    maximumBytes = 256 * 1024 * 1024
    synchronizesStateFile = false
    unverifiedSenderAnswer = .error
    unknownKeyStatus = 400
    permissionDeniedStatus = 400
    limitsRates = true
    activityDelay = .zero
    clock = { Date() }
  }
}

extension SandboxConfiguration {
  /// The two ways in which the vendor may refuse a sender.
  public enum UnverifiedSenderAnswer: Sendable {
    /// 400 with `API_EXCEPTION`.
    case error
    /// 200 with one entry in `failures`.
    case failures
  }
}

/// Why a sandbox cannot start. Never carries an address, a body or a key.
public struct SandboxError: Error, Sendable, CustomStringConvertible {
  /// `state_file_unreadable`, `state_file_in_use`, `state_file_damaged`, `keys_file_damaged`,
  /// `faults_file_damaged`, `already_running` or `did_not_start`.
  public var code: String
  /// The line of the state file, counted from 1, where it is the subject.
  public var line: Int?

  init(_ code: String, line: Int? = nil) {
    self.code = code
    self.line = line
  }

  public var description: String {
    line.map { "sandbox: \(code) at line \($0)" } ?? "sandbox: \(code)"
  }
}

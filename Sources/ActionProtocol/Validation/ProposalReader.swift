/// Reads proposals strictly: every issue at once, each with its place, code, remedy and, where one
/// can be given, a value to paste.
public enum ProposalReader {
  /// Reads a document's bytes.
  ///
  /// - Parameters:
  ///   - bytes: JSON in UTF-8.
  ///   - now: the moment against which `expires_at` is held; nil to leave that to Intake.
  public static func read(
    _ bytes: [UInt8], now: Instant? = nil
  ) -> Result<Proposal, ProtocolIssues> {
    switch JSONReader.read(bytes) {
    case .success(let value): read(value, now: now)
    case .failure(let issues): .failure(issues)
    }
  }

  /// Reads a value tree.
  public static func read(
    _ json: JSONValue, now: Instant? = nil
  ) -> Result<Proposal, ProtocolIssues> {
    let issues = issues(in: json, now: now)
    guard issues.isEmpty, case .object(let object) = json else {
      return .failure(ProtocolIssues(issues))
    }
    do {
      return .success(try Proposal(from: Decoding(object)))
    } catch {
      return .failure(ProtocolIssues([error.issue]))
    }
  }

  /// Everything wrong with a document; empty where nothing is.
  static func issues(in json: JSONValue, now: Instant?) -> [ProtocolIssue] {
    var validator = ShapeValidator()
    validator.check(json, .record(ProposalShape.record))
    guard case .object(let object) = json else { return validator.collector.issues }
    var invariants = InvariantCheck(
      document: object, now: now, collector: validator.collector)
    invariants.run()
    let issues = invariants.collector.issues
    return issues.isEmpty ? issues : Suggestions.fitted(issues, to: object)
  }
}

extension Proposal {
  /// Everything wrong with a proposal built in memory; empty where nothing is.
  public func issues(now: Instant? = nil) -> [ProtocolIssue] {
    ProposalReader.issues(in: json, now: now)
  }
}

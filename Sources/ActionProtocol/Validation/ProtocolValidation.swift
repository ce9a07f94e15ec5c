/// The harness behind `aiom protocol validate`: one document in, one report out.
public enum ProtocolValidation {
  /// Everything wrong with a document's bytes; empty for a valid proposal.
  public static func issues(in bytes: [UInt8], now: Instant? = nil) -> [ProtocolIssue] {
    switch ProposalReader.read(bytes, now: now) {
    case .success: []
    case .failure(let failure): failure.issues
    }
  }

  /// `{"valid": …, "issues": [{pointer, code, message, remedy, suggestion}]}`.
  public static func report(for bytes: [UInt8], now: Instant? = nil) -> JSONValue {
    let issues = issues(in: bytes, now: now)
    return ["valid": .bool(issues.isEmpty), "issues": .array(issues.map(\.json))]
  }
}

extension Proposal {
  /// What identifies a proposal's content at Intake: same key and digest are the same action, the
  /// same key with another digest is a conflict (DECISIONS.md 1).
  ///
  /// It covers the proposal after defaults except the action's id, the expiry, the reasoning, the
  /// analysis and the metadata, which may differ between two runs that mean the same.
  public var proposalDigest: Digest {
    .ofCanonical(.object(jsonObject.removing(Self.fieldsOutsideDigest)))
  }

  static let fieldsOutsideDigest = [
    "action_id", "expires_at", "reasoning", "analysis_id", "metadata",
  ]
}

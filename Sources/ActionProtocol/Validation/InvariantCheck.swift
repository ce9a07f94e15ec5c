/// The rules between places of a proposal that a schema cannot say, held against a document that
/// may be wrong elsewhere: whatever is not readable is passed over here and reported by its shape.
struct InvariantCheck {
  let document: JSONObject
  let now: Instant?
  var collector: IssueCollector

  /// The longest time a decision may be put off.
  static let longestExpiry = Duration.seconds(30 * 86_400)
  /// The most bytes of metadata in canonical form.
  static let metadataLimit = 16_384

  mutating func run() {
    checkRecipientsAndEffects()
    checkChanges()
    checkPlan()
    checkExpiry()
    checkMetadata()
  }

  // MARK: Changes, plan

  private mutating func checkChanges() {
    guard let changes = document["proposed_changes"]?.arrayValue else { return }
    for (index, change) in changes.enumerated() {
      guard let change = change.objectValue,
        (change["before"] ?? .null) == (change["after"] ?? .null)
      else { continue }
      collector.report(
        RecordRule.Wording(
          code: "proposed_changes.no_change", message: "before and after are the same.",
          remedy: "Correct one of them, or leave the change out."),
        at: ["proposed_changes", String(index)])
    }
  }

  private mutating func checkPlan() {
    guard let checks = document["revalidation_plan"]?.objectValue?["checks"]?.arrayValue else {
      return
    }
    var seen = Set<JSONObject.KeyBytes>()
    for (index, check) in checks.enumerated() {
      let place = ["revalidation_plan", "checks", String(index)]
      if let id = check.objectValue?["check_id"]?.stringValue,
        !seen.insert(JSONObject.KeyBytes(text: id)).inserted
      {
        collector.report(Self.duplicateCheck, at: place + ["check_id"])
      }
      let predicate = check.objectValue?["predicate"]?.objectValue
      if let start = predicate?["business_hours_start"]?.stringValue,
        start == predicate?["business_hours_end"]?.stringValue
      {
        collector.report(Self.emptyWindow, at: place + ["predicate", "business_hours_end"])
      }
    }
  }

  private static let duplicateCheck = RecordRule.Wording(
    code: "revalidation_plan.duplicate_check", message: "Another check has the same check_id.",
    remedy: "Give it a name of its own.")

  private static let emptyWindow = RecordRule.Wording(
    code: "quiet_hours.empty", message: "The window ends when it begins.",
    remedy: "Use 00:00 and 24:00 for a whole day, or a later end.")

  // MARK: Expiry, metadata

  private mutating func checkExpiry() {
    guard let now, let expiry = document["expires_at"]?.stringValue.flatMap(Instant.init(rfc3339:))
    else { return }
    if expiry <= now {
      collector.report(
        RecordRule.Wording(
          code: "expires_at.past", message: "The proposal would have expired already.",
          remedy: "Name a moment in the future, or leave expires_at out for 24 hours."),
        at: ["expires_at"], suggestion: .string(now.advanced(by: .seconds(86_400)).rfc3339))
    } else if expiry > now.advanced(by: Self.longestExpiry) {
      collector.report(
        RecordRule.Wording(
          code: "expires_at.too_late", message: "A decision may be put off by 30 days at most.",
          remedy: "Name an earlier moment."),
        at: ["expires_at"], suggestion: .string(now.advanced(by: Self.longestExpiry).rfc3339))
    }
  }

  private mutating func checkMetadata() {
    guard let metadata = document["metadata"], case .object(let object) = metadata,
      !object.isEmpty
    else { return }
    let size = CanonicalJSON.encode(metadata).count
    guard size > Self.metadataLimit else { return }
    collector.report(
      RecordRule.Wording(
        code: "metadata.too_large",
        message: "\(size) bytes in canonical form; at most \(Self.metadataLimit) are kept.",
        remedy: "Keep the rest elsewhere and name it here."),
      at: ["metadata"])
  }
}

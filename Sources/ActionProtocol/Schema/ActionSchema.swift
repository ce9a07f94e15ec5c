/// The published JSON Schemas (draft 2020-12), generated from the shapes that the reader uses.
public enum ActionSchema {
  /// The schema of what comes in. It accepts exactly what `ProposalReader` accepts, apart from
  /// the rules in `x-invariants`.
  public static func proposal() -> JSONValue {
    document(
      ProposalShape.record, id: "urn:aiom:action-protocol:1.1:proposal",
      title: "Action Protocol v1.1: proposal", invariants: Invariant.all)
  }

  /// The schema of what goes out: a proposal with its state.
  public static func action() -> JSONValue {
    document(
      ActionShape.record, id: "urn:aiom:action-protocol:1.1:action",
      title: "Action Protocol v1.1: action", invariants: Invariant.all)
  }

  private static func document(
    _ record: RecordShape, id: String, title: String, invariants: [Invariant]
  ) -> JSONValue {
    var writer = SchemaWriter()
    var object: JSONObject = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": .string(id),
      "title": .string(title),
    ]
    for (key, value) in writer.schema(of: record) { object[key] = value }
    object["x-server-owned"] =
      record.serverOwned.isEmpty ? nil : .strings(record.serverOwned)
    object["x-invariants"] = .array(
      invariants.map { ["codes": .strings($0.codes), "rule": .string($0.rule)] })
    object["$defs"] = .object(
      JSONObject(
        writer.definitions.sorted { $0.name < $1.name }.map { ($0.name, $0.schema) }))
    return .object(object)
  }
}

/// A rule that a schema cannot say, with the codes of its issues.
public struct Invariant: Hashable, Sendable {
  /// The codes; `email.*` stands for all that begin with `email.`.
  public let codes: [String]
  /// The rule in words.
  public let rule: String

  /// Whether an issue of the code comes from a rule that a schema cannot say.
  public static func covers(_ code: String) -> Bool {
    all.contains { invariant in
      invariant.codes.contains { pattern in
        pattern.hasSuffix(".*") ? code.hasPrefix(pattern.dropLast()) : code == pattern
      }
    }
  }

  /// All of them, as published in `x-invariants`.
  public static let all: [Invariant] = [
    Invariant(
      codes: ["json.*"],
      rule: "No duplicate keys, no lone surrogates, valid UTF-8, no number beyond ±(2^53 − 1), "
        + "at most 64 levels and 1048576 bytes."),
    Invariant(
      codes: ["email.*", "mailbox.*", "header.*"],
      rule: "E-mail addresses and mailboxes are ones that can be written to."),
    Invariant(
      codes: ["phone.*"], rule: "Phone numbers exist in their country's numbering plan."),
    Invariant(codes: ["time.range"], rule: "In UTC a moment lies in the years 0000-9999."),
    Invariant(codes: ["timezone.unknown"], rule: "Time zones are names of the IANA database."),
    Invariant(
      codes: ["quiet_hours.empty"],
      rule: "business_hours_start and business_hours_end differ."),
    Invariant(
      codes: ["recipients.too_many", "recipients.duplicate"],
      rule: "to, cc and bcc together have at most 10 addresses, none twice."),
    Invariant(
      codes: [
        "external_effects.missing_recipient", "external_effects.not_a_recipient",
        "external_effects.wrong_type", "external_effects.duplicate",
      ],
      rule: "external_effects, where given, name every recipient of the operation once, with its "
        + "kind, and nobody else."),
    Invariant(
      codes: ["proposed_changes.no_change"], rule: "before and after of a change differ."),
    Invariant(
      codes: ["revalidation_plan.duplicate_check"], rule: "check_id is unique in the plan."),
    Invariant(
      codes: ["expires_at.past", "expires_at.too_late"],
      rule: "expires_at is after the proposal is made and at most 30 days later."),
    Invariant(
      codes: ["metadata.too_large"],
      rule: "metadata has at most 16384 bytes in canonical form."),
    Invariant(
      codes: ["issues.more"], rule: "At most 500 issues are reported; this one says so."),
  ]
}

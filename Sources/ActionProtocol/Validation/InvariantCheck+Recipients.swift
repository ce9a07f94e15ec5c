import Addressing

extension InvariantCheck {
  /// Somebody reached by the operation, and where the document says so.
  private struct Recipient {
    let name: String
    let steps: [String]
  }

  private var inputs: JSONObject? { document["operation"]?.objectValue?["inputs"]?.objectValue }

  private var operationType: OperationType? {
    document["operation"]?.objectValue?["type"]?.stringValue.flatMap(OperationType.init(rawValue:))
  }

  /// An address or number in its normal form. What cannot be read stands for itself: its shape
  /// reports it.
  private static func normal(_ text: String, _ effect: EffectType) -> String {
    guard effect == .email, !hasPlainDomain(text) else { return text }
    return (try? EmailAddress(text))?.rawValue ?? text  // what is wrong is reported elsewhere
  }

  /// Whether the domain is in lowercase ASCII, so that the address is in its normal form already:
  /// only the domain is changed by normalising. This spares the hot path a parse.
  private static func hasPlainDomain(_ text: String) -> Bool {
    for byte in text.utf8.reversed() {
      if byte == UInt8(ascii: "@") { return true }
      guard byte.isDigit || byte.isLowercase || byte.isOne(of: ".-") else { return false }
    }
    return false
  }

  /// Everybody the operation reaches.
  private func recipients(_ operation: OperationType?) -> [Recipient] {
    guard let inputs, let effect = operation?.effectType else { return [] }
    var found: [Recipient] = []
    for list in effect == .email ? ["to", "cc", "bcc"] : ["to"] {
      guard let value = inputs[list] else { continue }
      let place = ["operation", "inputs", list]
      if let text = value.stringValue {
        found.append(Recipient(name: Self.normal(text, effect), steps: place))
      }
      for (index, item) in (value.arrayValue ?? []).enumerated() {
        guard let text = item.stringValue else { continue }
        found.append(
          Recipient(name: Self.normal(text, effect), steps: place + [String(index)]))
      }
    }
    return found
  }

  /// Who is reached, and who is named.
  mutating func checkRecipientsAndEffects() {
    let operation = operationType
    let recipients = recipients(operation)
    checkRecipients(recipients)
    if let operation { checkEffects(operation, recipients.map(\.name)) }
  }

  private mutating func checkRecipients(_ recipients: [Recipient]) {
    if recipients.count > SendEmail.recipientLimit {
      collector.report(
        RecordRule.Wording(
          code: "recipients.too_many",
          message: "\(recipients.count) recipients; at most \(SendEmail.recipientLimit) together.",
          remedy: "Propose several messages, or leave some out."),
        at: ["operation", "inputs"])
    }
    guard recipients.count > 1 else { return }
    var seen = Set<String>()
    for recipient in recipients where !seen.insert(recipient.name).inserted {
      collector.report(
        RecordRule.Wording(
          code: "recipients.duplicate", message: "The same address stands twice.",
          remedy: "Remove one of the two."),
        at: recipient.steps)
    }
  }

  private mutating func checkEffects(_ operation: OperationType, _ expected: [String]) {
    guard let effects = document["external_effects"]?.arrayValue else { return }
    var named = Set<String>()
    for (index, effect) in effects.enumerated() {
      guard let effect = effect.objectValue else { continue }
      let place = ["external_effects", String(index)]
      checkEffect(effect, place, operation, expected, &named)
    }
    let missing = expected.filter { !named.contains($0) }
    if !missing.isEmpty { reportMissing(missing, effects, operation) }
  }

  private mutating func checkEffect(
    _ effect: JSONObject, _ place: [String], _ operation: OperationType, _ expected: [String],
    _ named: inout Set<String>
  ) {
    let key = effect["effect_type"] == nil ? "type" : "effect_type"
    guard let text = effect["recipient"]?.stringValue,
      let type = effect[key]?.stringValue.flatMap(EffectType.init(rawValue:)),
      EffectType.proposable.contains(type)
    else { return }
    guard type == operation.effectType else {
      return collector.report(
        RecordRule.Wording(
          code: "external_effects.wrong_type",
          message: "\(operation.rawValue) has no effect of this kind.",
          remedy: "Leave external_effects out; they are derived from the operation."),
        at: place + [key], suggestion: .text(operation.effectType?.rawValue))
    }
    let name = Self.normal(text, type)
    if !expected.contains(name) {
      collector.report(Self.notARecipient, at: place + ["recipient"])
    } else if !named.insert(name).inserted {
      collector.report(Self.duplicateEffect, at: place + ["recipient"])
    }
  }

  private mutating func reportMissing(
    _ missing: [String], _ effects: [JSONValue], _ operation: OperationType
  ) {
    let added = missing.map { name -> JSONValue in
      [
        "effect_type": .string(operation.effectType?.rawValue ?? ""), "recipient": .string(name),
      ]
    }
    collector.report(
      RecordRule.Wording(
        code: "external_effects.missing_recipient",
        message: "\(missing.count) recipients of the operation are not named.",
        remedy: "Name each of them, or leave external_effects out."),
      at: ["external_effects"], suggestion: .array(effects + added))
  }

  private static let notARecipient = RecordRule.Wording(
    code: "external_effects.not_a_recipient", message: "The operation does not reach them.",
    remedy: "Remove the effect, or add the recipient to the operation.")

  private static let duplicateEffect = RecordRule.Wording(
    code: "external_effects.duplicate", message: "The recipient is named twice.",
    remedy: "Remove one of the two.")
}

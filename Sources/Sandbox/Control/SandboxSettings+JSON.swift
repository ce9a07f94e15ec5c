extension SandboxSettings {
  var json: JSONValue {
    let values = values
    return [
      "activity_delay_seconds": .number(values.activityDelay.inSeconds),
      "late_seconds": .number(values.lateness.inSeconds),
      "limits_rates": .bool(values.limitsRates),
      "slow_byte_milliseconds": .number(values.slowByteInterval.inSeconds * 1000),
      "unverified_sender": .string(
        values.unverifiedSenderAnswer == .error ? "error" : "failures"),
      "unknown_key_status": .integer(values.unknownKeyStatus),
      "permission_denied_status": .integer(values.permissionDeniedStatus),
      "webhook_retry_scale": .number(values.webhookRetryScale),
      "webhook_copies": .integer(values.webhookCopies),
      "webhook_reorders": .bool(values.webhookReorders),
      "webhook_spelling": .string(values.webhookSpelling.rawValue),
    ]
  }

  /// Takes the members of a body: all of them, or none when one does not fit.
  func change(_ members: [JSONMember]) -> Bool {
    change { values in
      members.allSatisfy { Self.set($0.value, of: $0.name, in: &values) }
    }
  }

  private static func set(
    _ value: JSONValue, of name: String, in values: inout Values
  ) -> Bool {
    switch name {
    case "activity_delay_seconds": return put(duration(value, 1), &values.activityDelay)
    case "late_seconds": return put(duration(value, 1), &values.lateness)
    case "slow_byte_milliseconds":
      return put(duration(value, 0.001), &values.slowByteInterval)
    case "limits_rates": return put(value.bool, &values.limitsRates)
    case "webhook_reorders": return put(value.bool, &values.webhookReorders)
    case "unknown_key_status":
      return put([400, 401, 403, 500].first { $0 == value.integer }, &values.unknownKeyStatus)
    case "permission_denied_status":
      return put([400, 403].first { $0 == value.integer }, &values.permissionDeniedStatus)
    case "webhook_copies": return put((1...10).first { $0 == value.integer }, &values.webhookCopies)
    case "webhook_retry_scale":
      return put(
        value.double.flatMap { (0...100).contains($0) ? $0 : nil },
        &values.webhookRetryScale)
    case "webhook_spelling":
      return put(
        value.string.flatMap(WebhookSpelling.init(rawValue:)), &values.webhookSpelling)
    case "unverified_sender": return put(senderAnswer(value), &values.unverifiedSenderAnswer)
    default: return false
    }
  }

  private static func senderAnswer(
    _ value: JSONValue
  ) -> SandboxConfiguration.UnverifiedSenderAnswer? {
    switch value.string {
    case "error": .error
    case "failures": .failures
    default: nil
    }
  }

  private static func put<Value>(_ new: Value?, _ old: inout Value) -> Bool {
    guard let new else { return false }
    old = new
    return true
  }

  /// - Parameter unit: in seconds.
  private static func duration(_ value: JSONValue, _ unit: Double) -> Duration? {
    guard let number = value.double, (0...1e9).contains(number) else { return nil }
    return .microseconds(Int64((number * unit * 1e6).rounded()))
  }
}

extension JSONValue {
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

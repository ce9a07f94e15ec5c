/// One recipient outside who will notice the action.
public struct ExternalEffect: Hashable, Sendable {
  /// How they notice it.
  public var effectType: EffectType
  /// Their e-mail address or phone number.
  public var recipient: String
  /// Their record.
  public var recipientPartnerID: PartnerID?
  /// The subject they see.
  public var subject: String?
  /// The beginning of the text they see, at most 200 characters.
  public var preview: String?
  /// When it will probably arrive.
  public var estimatedDeliveryAt: Instant?

  /// An effect of the given parts.
  public init(
    effectType: EffectType, recipient: String, recipientPartnerID: PartnerID? = nil,
    subject: String? = nil, preview: String? = nil, estimatedDeliveryAt: Instant? = nil
  ) {
    self.effectType = effectType
    self.recipient = recipient
    self.recipientPartnerID = recipientPartnerID
    self.subject = subject
    self.preview = preview
    self.estimatedDeliveryAt = estimatedDeliveryAt
  }

  /// The most scalars of a preview.
  public static let previewLimit = 200

  /// The beginning of a text in one line, cut to the limit of a preview.
  static func preview(of text: String) -> String {
    var preview = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(previewLimit) {
      preview.append(scalar == "\n" || scalar == "\t" ? " " : scalar)
    }
    return String(preview)
  }

  /// The effect on the wire.
  public var json: JSONValue {
    var object: JSONObject = [
      "effect_type": .string(effectType.rawValue), "recipient": .string(recipient),
    ]
    object.append("recipient_partner_id", .id(recipientPartnerID?.rawValue))
    object.append("subject", .text(subject))
    object.append("preview", .text(preview))
    object.append("estimated_delivery_at", .text(estimatedDeliveryAt?.rfc3339))
    return .object(object)
  }
}

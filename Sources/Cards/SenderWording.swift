import Engine

/// Why a message goes out under the name that it does, for the card.
public enum SenderWording {
  public static func because(_ choice: SenderChoice) -> String {
    let whose = choice.sender.map { "sender \($0.rawValue)" } ?? "the organisation's sender"
    let person = choice.salesperson ?? "the salesperson"
    return switch choice.reason {
    case .named: "\(whose): the proposal names it"
    case .salesperson: "\(whose): \(person) looks after the record"
    case .orgKind: "\(whose): it stands over this kind of message"
    case .orgDefault: "\(whose): this kind of message goes out under it"
    case .noSalesperson: "\(whose): the records name no salesperson"
    case .severalSalespeople: "\(whose): the records belong to several salespeople"
    case .salespersonWithoutSender:
      "\(whose): \(person) looks after the record and has no sender for this kind of message"
    case .unverified:
      choice.salesperson == nil
        ? "\(whose): the one for this kind of message is not verified at the provider"
        : "\(whose): \(person) looks after the record, but that sender is not verified at the "
          + "provider"
    }
  }
}

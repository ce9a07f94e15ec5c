/// A name for a record that a program chose, in the tables of `ir.model.data`.
public struct ExternalID: Sendable, Hashable, CustomStringConvertible {
  /// The module part; it need not be installed (`__aiom__`).
  public let module: String
  /// The name part, without a dot.
  public let name: String

  /// - Returns: nil where a part is empty, longer than 100 bytes or has characters other than letters,
  ///   digits, `_` and `-`: a dot would move the border between the parts.
  public init?(module: String, name: String) {
    guard Self.isPart(module), Self.isPart(name) else { return nil }
    self.module = module
    self.name = name
  }

  /// `module.name`.
  public var description: String { "\(module).\(name)" }

  private static func isPart(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
      }
  }
}

/// What an external id stands for.
public enum ExternalIDAnswer: Sendable, Hashable {
  /// This record, perhaps archived.
  case record(model: String, id: Int)
  /// A record of this model that the user may not see.
  case hidden(model: String)
  /// Nothing: it was never used, or its record was deleted.
  case absent
}

extension OdooClient {
  /// What an external id stands for. Needs no right on `ir.model.data`.
  public func record(
    of externalID: ExternalID, context: OdooContext? = nil
  ) async throws(OdooError) -> ExternalIDAnswer {
    // Without archived records in sight the server calls an archived record hidden.
    let context = (context ?? configuration.context).includingArchived
    let call = OdooCall.checkObjectReference(externalID, context: context)
    let answer: OdooJSON
    do throws(OdooError) {
      answer = try await perform(call)
    } catch {
      // The text is not translated; the id at its end is ours.
      guard error.kind == .valueInvalid, error.serverMessage?.hasSuffix("\(externalID)") == true
      else { throw error }
      return .absent
    }
    guard let pair = answer.elements, pair.count == 2, let model = pair[0].text else {
      throw unexpected(call)
    }
    if pair[1] == .bool(false) { return .hidden(model: model) }
    guard let id = pair[1].id else { throw unexpected(call) }
    return .record(model: model, id: id)
  }
}

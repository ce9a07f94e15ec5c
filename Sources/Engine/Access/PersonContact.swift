import ActionProtocol
import Addressing
import Decisions

/// Where a person's notices, briefings and alerts go, as somebody wrote it.
public struct PersonContact: Sendable {
  /// What to write to take one away.
  public static let none = "none"

  /// Nil: stays as it is; ``none`` takes it away.
  public var email: String?
  /// With the country's calling code (+1 617 …). Nil: stays as it is; ``none`` takes it away.
  public var phone: String?

  public init(email: String? = nil, phone: String? = nil) {
    self.email = email
    self.phone = phone
  }

  static func email(_ text: String?) throws(AccessError) -> EmailAddress? {
    guard let text else { return nil }
    do { return try EmailAddress(text) } catch { throw AccessError(error) }
  }

  static func phone(_ text: String?) throws(AccessError) -> PhoneNumber? {
    guard let text else { return nil }
    do { return try PhoneNumber(text, country: nil) } catch { throw AccessError(error) }
  }
}

extension AccessError {
  fileprivate init(_ issue: AddressingIssue) {
    self.init(.invalid, issue.code, issue.message, remedy: issue.remedy)
  }
}

extension People {
  /// Changes where a person is reached: one's own from a session, or as whoever may change the person.
  /// - Throws: ``AccessError``: no right to, unknown, what is wrong with an address or a number.
  public func change(
    _ id: PersonID, contact: PersonContact, by caller: Principal, via: String
  ) async throws {
    let email = contact.email == PersonContact.none ? nil : try PersonContact.email(contact.email)
    let phone = contact.phone == PersonContact.none ? nil : try PersonContact.phone(contact.phone)
    try await context.store.write { store in
      guard var person = try store.person(id) else { throw Self.unknown(id) }
      let book = AccessBook(store: store)
      let orgs =
        caller.isThemselves(id)
        ? try book.orgs(of: id) : try AccessGate(store).permitOver(id, for: caller)
      if contact.email != nil { person.email = email }
      if contact.phone != nil { person.phone = phone }
      let now = NewPerson(
        id: person.id, name: person.name, email: person.email, phone: person.phone)
      try book.append(
        "person.contact_changed", id, by: caller.author, via: via, in: orgs,
        details: [
          "email": .bool(contact.email != nil), "phone": .bool(contact.phone != nil),
        ], personal: now.personal)
      try store.save(person)
    }
  }
}

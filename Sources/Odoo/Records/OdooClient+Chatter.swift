extension OdooClient {
  /// Puts an internal note on a record: seen by colleagues, never sent to a customer.
  ///
  /// The text is plain: whatever it holds is shown as it is, line by line, on every version. A second
  /// call posts a second note; search for a mark in the text first.
  /// - Returns: the id of the `mail.message`.
  public func postNote(
    _ text: String, on model: ModelName, id: Int, context: OdooContext? = nil
  ) async throws(OdooError) -> Int {
    var arguments: [OdooCall.Argument] = [
      .named("body", .string(PlainText.html(text))), .named("subtype_xmlid", "mail.mt_note"),
      .named("message_type", "comment"),
    ]
    // Up to 16 a text is HTML as it comes; later it is escaped unless said to be HTML.
    if try await server().version.notesAreEscaped {
      arguments.append(.named("body_is_html", true))
    }
    let call = OdooCall.messagePost(model, id, arguments, context: context)
    try checkIDs([id], call)
    guard let message = AnsweredIDs.one(try await perform(call)) else { throw unexpected(call) }
    return message
  }

  /// The notes and messages on a record whose text holds a mark, oldest first: ids of `mail.message`.
  public func messages(
    containing mark: String, on model: ModelName, id: Int
  ) async throws(OdooError) -> [Int] {
    let search = Search(
      "mail.message",
      where: .text("model").is(model.text) && .integer("res_id").is(id)
        && .text("body").contains(PlainText.escaped(mark)),
      fields: ["model", "res_id"])
    return try await searchRead(search).map(\.id)
  }

  /// Plans an activity on a record. It needs no right on `ir.model`. A second call plans a second one.
  ///
  /// - Returns: the id of the `mail.activity`.
  public func schedule(
    _ activity: NewActivity, on model: ModelName, id: Int, context: OdooContext? = nil
  ) async throws(OdooError) -> Int {
    var activity = activity
    // Unsaid, 19 gives the activity to nobody and 14 to the caller.
    if activity.userID == nil { activity.userID = try await server().userID }
    let call = OdooCall.activitySchedule(model, id, activity.arguments, context: context)
    try checkIDs([id], call)
    guard let id = AnsweredIDs.one(try await perform(call)) else { throw unexpected(call) }
    return id
  }
}

/// An activity to be planned.
public struct NewActivity: Sendable {
  /// What kind of activity; named by its external id, which is the same in every language.
  public enum Kind: String, Sendable, CaseIterable {
    /// Something to do.
    case todo = "mail.mail_activity_data_todo"
    /// A call.
    case call = "mail.mail_activity_data_call"
    /// An e-mail.
    case email = "mail.mail_activity_data_email"
    /// A meeting.
    case meeting = "mail.mail_activity_data_meeting"
  }

  /// What kind.
  public var kind: Kind
  /// A type of the company's own, by id of `mail.activity.type`; it takes the kind's place.
  public var typeID: Int?
  /// Until when: a day of the assignee.
  public var deadline: OdooDate
  /// One line.
  public var summary: String
  /// Plain text; nil for none.
  public var note: String?
  /// To whom, by id of `res.users`; nil: the caller.
  public var userID: Int?

  /// Builds an activity.
  public init(
    _ kind: Kind, deadline: OdooDate, summary: String, note: String? = nil, userID: Int? = nil
  ) {
    self.kind = kind
    self.deadline = deadline
    self.summary = summary
    self.note = note
    self.userID = userID
  }

  var arguments: [OdooCall.Argument] {
    var arguments: [OdooCall.Argument] = [
      typeID.map { .named("activity_type_id", .int($0)) }
        ?? .named("act_type_xmlid", .string(kind.rawValue)),
      .named("date_deadline", .string(deadline.description)), .named("summary", .string(summary)),
    ]
    if let note { arguments.append(.named("note", .string(PlainText.html(note)))) }
    if let userID { arguments.append(.named("user_id", .int(userID))) }
    return arguments
  }
}

extension NewActivity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind only.
  public var description: String { "NewActivity(\(kind))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Plain text on its way into a field of HTML.
enum PlainText {
  /// One paragraph; a new line where the text has one.
  static func html(_ text: String) -> String {
    let lines = escaped(text).split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    )
    return "<p>\(lines.joined(separator: "<br>"))</p>"
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}

/// Ids in answers of methods that give records: `43`, `[43]`, or `"mail.activity(43,)"` before 15.
enum AnsweredIDs {
  static func one(_ answer: OdooJSON) -> Int? {
    if let id = answer.id { return id }
    if let ids = answer.ids { return ids.count == 1 ? ids[0] : nil }
    guard let text = answer.text, let open = text.firstIndex(of: "("), text.hasSuffix(",)"),
      ModelName(String(text[..<open])) != nil
    else { return nil }
    let digits = text[text.index(after: open)...].dropLast(2)
    return Int(digits).flatMap { $0 > 0 ? $0 : nil }
  }
}

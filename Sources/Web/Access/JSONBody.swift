import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A JSON object that a program sends: known members only, each of its kind.
struct JSONBody {
  private let object: JSONObject

  /// - Throws: ``Problem`` naming what is wrong.
  init(_ bytes: [UInt8], members: Set<String>) throws(Problem) {
    guard
      case .success(.object(let object)) = JSONReader.read(bytes.isEmpty ? Array("{}".utf8) : bytes)
    else { throw Self.problem("The body is not one JSON object.", "Send an object in UTF-8.") }
    try self.init(object, members: members)
  }

  private init(_ object: JSONObject, members: Set<String>) throws(Problem) {
    for (name, _) in object where !members.contains(name) {
      throw Self.problem(
        "The body has a member that means nothing here.",
        "Known are: \(members.sorted().joined(separator: ", ")).")
    }
    self.object = object
  }

  /// An object within this one; nil where it is absent.
  func optionalObject(_ name: String, members: Set<String>) throws(Problem) -> JSONBody? {
    guard let value = object[name], value != .null else { return nil }
    guard let inner = value.objectValue else {
      throw Self.problem("\(name) is no object.", "Send \(name) as an object.")
    }
    return try JSONBody(inner, members: members)
  }

  /// A list of objects; absent is none.
  func objects(_ name: String, members: Set<String>) throws(Problem) -> [JSONBody] {
    guard let value = object[name] else { return [] }
    guard let list = value.arrayValue else {
      throw Self.problem("\(name) is no list.", "Send a list of objects.")
    }
    var bodies: [JSONBody] = []
    for one in list {
      guard let inner = one.objectValue else {
        throw Self.problem("\(name) is no list of objects.", "Send a list of objects.")
      }
      bodies.append(try JSONBody(inner, members: members))
    }
    return bodies
  }

  /// - Throws: ``Problem`` where it is missing or no text.
  func text(_ name: String) throws(Problem) -> String {
    guard let text = try optionalText(name) else {
      throw Self.problem("\(name) is missing.", "Send \(name) as a text.")
    }
    return text
  }

  func optionalText(_ name: String) throws(Problem) -> String? {
    guard let value = object[name], value != .null else { return nil }
    guard let text = value.stringValue else {
      throw Self.problem("\(name) is no text.", "Send \(name) as a text.")
    }
    return text
  }

  /// Absent is none.
  func texts(_ name: String) throws(Problem) -> [String] {
    guard let value = object[name] else { return [] }
    let texts = value.arrayValue?.compactMap(\.stringValue)
    guard let texts, texts.count == value.arrayValue?.count else {
      throw Self.problem("\(name) is no list of texts.", "Send a list of texts.")
    }
    return texts
  }

  func optionalFlag(_ name: String) throws(Problem) -> Bool? {
    guard let value = object[name], value != .null else { return nil }
    guard case .bool(let flag) = value else {
      throw Self.problem("\(name) is neither true nor false.", "Send true or false.")
    }
    return flag
  }

  func optionalNumber(_ name: String) throws(Problem) -> Int? {
    guard let value = object[name], value != .null else { return nil }
    guard let number = value.integerValue else {
      throw Self.problem("\(name) is no whole number.", "Send a whole number.")
    }
    return Int(number)
  }

  private static func problem(_ title: String, _ remedy: String) -> Problem {
    Problem(.unprocessableContent, "body.invalid", title, remedy: remedy)
  }
}

extension JSONBody {
  func roles(_ name: String) throws(Problem) -> Set<RoleName> {
    var roles: Set<RoleName> = []
    for text in try texts(name) { roles.insert(try Self.role(text)) }
    return roles
  }

  func rights(_ name: String) throws -> Set<Right> {
    try Right.list(texts(name).joined(separator: ","))
  }

  static func role(_ text: String) throws(Problem) -> RoleName {
    guard let role = RoleName(rawValue: text) else {
      throw problem("A role's name \(RoleName.rule).", "Take one of GET /api/v1/roles.")
    }
    return role
  }

  static func person(_ text: String) throws(Problem) -> PersonID {
    guard let person = PersonID(rawValue: text) else {
      throw problem("A person's short name \(PersonID.rule).", "Take one such as ann.")
    }
    return person
  }
}

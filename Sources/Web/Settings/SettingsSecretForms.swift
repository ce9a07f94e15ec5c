import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A form whose answer is shown once: it leads nowhere, so that nothing of it stands in an address.
protocol SecretForm: WritingHandler {
  var ports: WritePorts { get }
  func make(
    _ request: WebRequest, _ fields: FormFields, _ org: OrgID, _ caller: Principal
  ) async throws -> (title: String, text: String)
}

extension SecretForm {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    // A program is told so before anything is done.
    let frame = try await ports.desk.frame(request).frame
    let fields = FormFields(try await body())
    var secret: (title: String, text: String)?
    var problem: Problem?
    do {
      secret = try await make(request, fields, frame.org, caller)
    } catch let error as AccessError {
      problem = Problem(error)
    } catch let found as Problem {
      problem = found
    }
    var page = try await SettingsPage(ports.desk, ports.settings, request)
    page.secret = secret
    page.problem = problem
    return .page(page.page, status: problem?.status ?? .ok)
  }
}

struct TokenCreateForm: SecretForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func make(
    _ request: WebRequest, _ fields: FormFields, _ org: OrgID, _ caller: Principal
  ) async throws -> (title: String, text: String) {
    guard let days = Int(fields.words("days")) else {
      throw Problem.field("days", "is no whole number", "Write a number from 1 to 366.")
    }
    let scopes = fields.all("scope")
    guard !scopes.isEmpty else {
      throw Problem.field("scope", "is empty", "Tick what the token may do.")
    }
    guard let kind = TokenKind(rawValue: fields.words("kind")) else {
      throw Problem.field("kind", "is unknown", "Take person or agent.")
    }
    let wish = Tokens.Wish(
      name: fields.words("name"), kind: kind,
      scopes: try Right.list(scopes.joined(separator: ",")), days: days)
    let made = try await Tokens(ports.access).create(wish, in: org, by: caller, via: "web")
    return ("Token \(made.token.name)", made.secret)
  }
}

struct PersonAddForm: SecretForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func make(
    _ request: WebRequest, _ fields: FormFields, _ org: OrgID, _ caller: Principal
  ) async throws -> (title: String, text: String) {
    let (email, phone) = (fields.words("email"), fields.words("phone"))
    let wanted = try NewPerson(
      id: JSONBody.person(fields.words("person")), name: fields.words("name"),
      emailText: email.isEmpty ? nil : email, phoneText: phone.isEmpty ? nil : phone)
    let link = try await People(ports.access).add(
      wanted, roles: [JSONBody.role(fields.words("role"))], in: org, password: nil, by: caller,
      via: "web")
    return (
      "The way in for \(wanted.id.rawValue), behind this server's address",
      link.map { "/join/\($0)" } ?? "They have a password already."
    )
  }
}

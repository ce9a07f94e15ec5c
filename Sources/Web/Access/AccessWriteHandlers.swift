import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// What a service of persons and credentials refuses, as a problem.
func answering(_ body: () async throws -> WebAnswer) async throws -> WebAnswer {
  do {
    return try await body()
  } catch let error as AccessError {
    throw Problem(error)
  }
}

/// Signs a program or a script of our pages in.
struct SessionHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let body = try JSONBody(await body(), members: ["person", "password", "code"])
    return try await answering {
      let session = try await SignIn(access).login(
        body.text("person"), password: body.text("password"), code: body.optionalText("code"),
        from: request.origin.client?.network, place: .web, via: "api")
      var answer = WebAnswer.json([
        "person": .string(session.person.id.rawValue),
        "ends_at": .string(session.endsAt.rfc3339),
        "form_token": .string(FormToken.of(session.token)),
      ])
      answer.fields[.setCookie] = SessionCookie.setting(session.token, request.origin)
      return answer
    }
  }
}

struct SessionEndHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["everywhere"])
    return try await answering {
      if try body.optionalFlag("everywhere") == true, let person = caller.person {
        try await People(access).signOut(person, by: caller, via: "api")
      } else {
        try await SignIn(access).logout(caller, via: "api")
      }
      var answer = WebAnswer.json(["signed_out": true])
      answer.fields[.setCookie] = SessionCookie.clearing(request.origin)
      return answer
    }
  }
}

struct PersonAddHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["person", "name", "email", "phone", "roles"])
    return try await answering {
      let wanted = try NewPerson(
        id: JSONBody.person(body.text("person")), name: body.text("name"),
        emailText: body.optionalText("email"), phoneText: body.optionalText("phone"))
      let link = try await People(access).add(
        wanted, roles: body.roles("roles"), in: org, password: nil, by: caller, via: "api")
      return .json(
        [
          "person": .string(wanted.id.rawValue),
          "link": link.map { .string("/join/\($0)") } ?? .null,
        ], status: .created)
    }
  }
}

/// Gives and takes roles, disables, signs out, makes a link for a new password: what the body names.
struct PersonChangeHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let id = try JSONBody.person(request.token)
    let body = try JSONBody(
      await body(),
      members: [
        "add_roles", "remove_roles", "active", "sign_out", "password_link", "email", "phone",
      ])
    return try await answering {
      let people = People(access)
      let (adding, removing) = (try body.roles("add_roles"), try body.roles("remove_roles"))
      if adding.isEmpty { _ = try await people.show(id, in: org) }
      let contact = PersonContact(
        email: try body.optionalText("email"), phone: try body.optionalText("phone"))
      if contact.email != nil || contact.phone != nil {
        try await people.change(id, contact: contact, by: caller, via: "api")
      }
      if !adding.isEmpty || !removing.isEmpty {
        try await people.change(
          id, in: org, adding: adding, removing: removing, by: caller, via: "api")
      }
      if let active = try body.optionalFlag("active") {
        try await people.setActive(id, active, by: caller, via: "api")
      }
      if try body.optionalFlag("sign_out") == true {
        try await people.signOut(id, by: caller, via: "api")
      }
      let link =
        try body.optionalFlag("password_link") == true
        ? try await people.passwordLink(id, by: caller, via: "api") : nil
      var object = AccessJSON.person(try await people.show(id), in: org).objectValue ?? [:]
      if let link { object["link"] = .string("/join/\(link)") }
      return .json(.object(object))
    }
  }
}

struct RoleSaveHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["role", "rights"])
    return try await answering {
      let (name, rights) = (try JSONBody.role(body.text("role")), try body.rights("rights"))
      try await Roles(access).save(name, rights: rights, in: org, by: caller, via: "api")
      return .json(["role": .string(name.rawValue), "rights": AccessJSON.rights(rights)])
    }
  }
}

struct RoleRemoveHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let name = try JSONBody.role(request.token)
    return try await answering {
      try await Roles(access).remove(name, in: org, by: caller, via: "api")
      return .json(["removed": .string(name.rawValue)])
    }
  }
}

struct TokenCreateHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["org", "name", "agent", "scopes", "days"])
    guard let org = OrgID(rawValue: try body.text("org")) else { throw Problem.orgNeeded }
    return try await answering {
      let wish = Tokens.Wish(
        name: try body.text("name"),
        kind: try body.optionalFlag("agent") == true ? .agent : .person,
        scopes: try body.rights("scopes"),
        days: try body.optionalNumber("days") ?? TokenRules.standardDays)
      let made = try await Tokens(access).create(wish, in: org, by: caller, via: "api")
      return .json(AccessJSON.token(made.token, secret: made.secret), status: .created)
    }
  }
}

struct TokenRevokeHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["org"])
    guard let org = OrgID(rawValue: try body.text("org")) else { throw Problem.orgNeeded }
    return try await answering {
      let token = try await Tokens(access).revoke(
        request.token, in: org, by: caller, via: "api")
      return .json(AccessJSON.token(token))
    }
  }
}

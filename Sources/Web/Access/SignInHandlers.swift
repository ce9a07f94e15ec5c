import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Shows the sign-in page.
struct LoginPageHandler: ReadingHandler {
  init(_ ports: ReadPorts) {}

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    .page(SignInPages.login(PageLanguage(accepting: request.fields)))
  }
}

/// Signs in: a cookie, and on to the account.
struct LoginHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let fields = FormFields(try await body())
    do {
      let code = fields["code"]
      let signedIn = try await SignIn(access).login(
        fields["person"], password: fields["password"], code: code.isEmpty ? nil : code,
        from: request.origin.client?.network, place: .web, via: "web")
      return .signedIn(signedIn, request.origin)
    } catch let error as AccessError {
      var answer = WebAnswer.page(
        SignInPages.login(
          PageLanguage(accepting: request.fields), error: error,
          name: String(fields["person"].prefix(40))),
        status: Problem(error).status)
      if case .tooMany(let seconds) = error.kind { answer.fields[.retryAfter] = "\(seconds)" }
      return answer
    }
  }
}

/// Shows what a one-time link is for. Following it changes nothing: scanners do that too.
struct JoinPageHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let language = PageLanguage(accepting: request.fields)
    guard let use = try await access.use(ofLink: request.token) else {
      return .page(SignInPages.deadLink(language), status: .notFound)
    }
    return .page(SignInPages.join(use, language))
  }
}

/// Sets a password by a one-time link, and signs in. A mistake in the form does not use the link up.
struct JoinHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let fields = FormFields(try await body())
    let language = PageLanguage(accepting: request.fields)
    let people = People(access)
    guard let use = try await people.use(ofLink: request.token) else {
      return .page(SignInPages.deadLink(language), status: .notFound)
    }
    do {
      guard fields["password"] == fields["again"] else { throw Self.differs }
      let owner = use == .firstOwner ? try Self.owner(fields) : nil
      let person = try await people.accept(
        link: request.token, password: fields["password"], owner: owner, via: "web")
      return try await signedIn(person, fields["password"], request)
    } catch let error as AccessError {
      let page = SignInPages.join(
        use, language, error: error, person: String(fields["person"].prefix(40)),
        name: String(fields["name"].prefix(200)))
      return .page(page, status: Problem(error).status)
    }
  }

  /// Whoever has one-time codes signs in on the page for it.
  private func signedIn(
    _ person: PersonID, _ password: String, _ request: WebRequest
  ) async throws -> WebAnswer {
    let result = try? await SignIn(access).login(
      person.rawValue, password: password, from: request.origin.client?.network, place: .web,
      via: "web")
    return result.map { .signedIn($0, request.origin) } ?? .seeOther("/login")
  }

  private static func owner(_ fields: FormFields) throws -> NewPerson {
    guard let id = PersonID(rawValue: fields["person"].lowercased()) else {
      throw AccessError(
        .invalid, "person.handle", "The short name \(PersonID.rule).", remedy: "Take another.")
    }
    return NewPerson(id: id, name: fields["name"])
  }

  private static let differs = AccessError(
    .invalid, "password.differs", "The two passwords were not the same.", remedy: "Type them again."
  )
}

/// The way into a demo: one button, so that whatever only looks does not come in.
struct EnterPageHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let language = PageLanguage(accepting: request.fields)
    guard let person = try await access.person(byEntrance: request.token) else {
      return .page(SignInPages.deadLink(language), status: .notFound)
    }
    return .page(SignInPages.enter(person, language))
  }
}

struct EnterHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    do {
      let signedIn = try await SignIn(access).enter(request.token, place: .web, via: "web")
      return .signedIn(signedIn, request.origin)
    } catch let error as AccessError where error.kind == .unknown {
      let page = SignInPages.deadLink(PageLanguage(accepting: request.fields))
      return .page(page, status: .notFound)
    }
  }
}

/// Who is signed in, and the way out.
struct AccountPageHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let person = request.caller?.person,
      case .cookie(let session)? = RouteDoor.shown(request.fields, request.origin)
    else { throw Problem.pageOnly }
    let card = try await access.person(person)
    return .page(
      AccountPage(
        card: card, formToken: FormToken.of(session),
        language: PageLanguage(accepting: request.fields), party: request.party
      ).page)
  }
}

/// Takes a passkey away, by the form beside it.
struct PasskeyRemoveForm: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let person = caller.person else {
      throw Problem.signInRequired
    }
    guard let id = Base64URL.decode(request.token) else { throw Problem.notFound }
    return try await answering {
      try await Passkeys(access, party: request.party).remove(
        id, of: person, by: caller, via: "web")
      return .seeOther("/account")
    }
  }
}

/// Ends this session.
struct LogoutHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    try await SignIn(access).logout(caller, via: "web")
    return .signedOut(request.origin)
  }
}

/// Ends all sessions of the person.
struct LogoutEverywhereHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let person = caller.person else {
      throw Problem.signInRequired
    }
    do {
      try await People(access).signOut(person, by: caller, via: "web")
    } catch let error as AccessError {
      throw Problem(error)
    }
    return .signedOut(request.origin)
  }
}

extension Problem {
  static let pageOnly = Problem(
    .notAcceptable, "page_only", "This page is for somebody who signed in with a browser.",
    remedy: "A program finds the same below /api/v1: see GET /api/v1/openapi.json.")
}

extension WebAnswer {
  /// Elsewhere, with a GET.
  static func seeOther(_ path: String) -> WebAnswer {
    var answer = WebAnswer.allowing("")
    answer.status = .seeOther
    answer.fields = [.location: path]
    return answer
  }

  static func signedIn(_ session: SignedIn, _ origin: RequestOrigin) -> WebAnswer {
    var answer = seeOther("/")
    answer.fields[.setCookie] = SessionCookie.setting(session.token, origin)
    return answer
  }

  static func signedOut(_ origin: RequestOrigin) -> WebAnswer {
    var answer = seeOther("/login")
    answer.fields[.setCookie] = SessionCookie.clearing(origin)
    return answer
  }
}

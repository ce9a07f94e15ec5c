import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The context of a request: with its connection, which knows the peer.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Leads a request to its route and an answer back, and writes one line about it.
struct WebResponder: HTTPResponder {
  typealias Context = WebContext

  let routes: LiveRoutes
  let exposure: Exposure
  let door: RouteDoor
  let journal: RequestJournal
  /// Told of every change, so that other open pages need not wait.
  var feed: LiveFeed?

  func respond(to request: Request, context: WebContext) async throws -> Response {
    let began = ContinuousClock.now
    let id = RequestID()
    let path = String((request.head.path ?? "").prefix { $0 != "?" && $0 != "#" })
    let place = routes.place(path)
    let origin = RequestOrigin(
      peer: context.channel.remoteAddress?.ipAddress.flatMap(IPAddress.init),
      isTLS: exposure.certificate != nil, fields: request.headers, proxies: exposure.proxies)
    var answer: WebAnswer
    var problem: Problem?
    var live: LiveStream?
    do {
      answer = try await served(request, path, place, origin, id)
      if request.method == .post { feed?.stir() }
      if request.method == .get, let begin = answer.stream {
        guard let stream = begin() else { throw Problem.tooManyStreams }
        live = stream
        context.channel.closeFuture.whenComplete { _ in stream.end() }
      }
    } catch {
      let fault = problemAnswer(error, id)
      problem = fault
      answer = rendered(fault, request, id)
    }
    journal.note(
      id, method: request.method, route: place?.template, status: answer.status,
      problem: problem, took: .now - began)
    return response(answer, live, problem, request.method, origin, id)
  }

  // MARK: Serving

  private func served(
    _ request: Request, _ path: String, _ place: LiveRoutes.Place?, _ origin: RequestOrigin,
    _ id: RequestID
  ) async throws -> WebAnswer {
    try admit(origin)
    try admit(host: request.head.authority)
    guard let place else { throw nowhere }
    let query = String((request.head.path ?? "").drop { $0 != "?" }.dropFirst())
    let wanted: RouteDoor.Wanted =
      place.template.isPage ? .page(FormFields(Array(query.utf8))["org"]) : .program
    func admitted(_ role: RouteRole) async throws -> WebRequest {
      let (caller, org) = try await door.admit(
        role, request.headers, origin, request.method, named: wanted)
      return WebRequest(
        id: id, token: place.token, fields: request.headers,
        query: query, origin: origin,
        host: request.head.authority ?? "", caller: caller, org: org)
    }
    switch request.method {
    case .get, .head:
      guard let (route, handler) = place.reading else { break }
      return try await handler.answer(admitted(route.role))
    case .post:
      guard let (route, handler) = place.writing else { break }
      let body = try BodyReader(request, limit: route.bodyLimit)
      let reading = try await ownPage(route, request, origin, body)
      let asked = try await admitted(route.role)
      guard let key = try ReplayedAnswer.key(route, asked) else {
        return try await handler.answer(asked, body: reading)
      }
      return try await ReplayedAnswer(door.context) { [journal] in journal.fault(id, $0) }
        .answer(asked, path: path, key, body: reading, handler)
    case .options:
      return .allowing(place.allowed)
    default: break
    }
    throw Problem.methodNotAllowed(place.allowed)
  }

  /// Who may call at all, before anything is looked up.
  private func admit(_ origin: RequestOrigin) throws(Problem) {
    if case .proxies = exposure.callers {
      guard let peer = origin.peer, peer.isLoopback || exposure.proxies.contains(peer) else {
        throw .throughProxyOnly
      }
    }
    if origin.isExposed { throw .httpsRequired }
  }

  /// The private listener answers to its own names only.
  private func admit(host: String?) throws(Problem) {
    guard routes.listener == .private else { return }
    guard let host, !host.isEmpty else { throw .hostMissing }
    guard exposure.names.contains(host, at: exposure.address) else { throw .otherHost }
  }

  /// On the private listener: what changes something and comes from a browser comes from a page of
  /// ours, and where a cookie is the credential, from one of its session.
  private func ownPage(
    _ route: Route, _ request: Request, _ origin: RequestOrigin, _ body: BodyReader
  ) async throws -> RequestReading {
    guard routes.listener == .private else { return body.read }
    let shown = RouteDoor.shown(request.headers, origin)
    if case .bearer? = shown { return body.read }
    let needsProof = route.role != .public
    try SameSite.check(
      request.headers, host: request.head.authority, origin: origin, needsProof: needsProof)
    guard needsProof, case .cookie(let session)? = shown else { return body.read }
    let bytes = try await body.read()
    let given = request.headers[.csrfToken] ?? FormFields(bytes)["form_token"]
    guard FormToken.matches(given, session: session) else { throw Problem.formToken }
    return { bytes }
  }

  /// The private listener says what there is; the public one says nothing.
  private var nowhere: Problem {
    routes.listener == .private
      ? .notFound(listing: RouteTable.listing(.private)) : .notFound
  }

  // MARK: Answering

  private func problemAnswer(_ error: any Error, _ id: RequestID) -> Problem {
    if let problem = error as? Problem { return problem }
    journal.fault(id, error)
    return .unavailable
  }

  private func rendered(_ problem: Problem, _ request: Request, _ id: RequestID) -> WebAnswer {
    guard WebRequest.prefersPage(request.headers) else {
      return .problem(problem, requestID: id)
    }
    // Whoever opens a page without having signed in is led to the door.
    if routes.listener == .private {
      return problem.status == .unauthorized && request.method == .get
        ? .seeOther("/login") : .problem(problem, requestID: id)
    }
    let language = PageLanguage(accepting: request.headers)
    return .page(ProblemPage.page(problem, language), status: problem.status)
  }

  private func response(
    _ answer: WebAnswer, _ live: LiveStream?, _ problem: Problem?, _ method: HTTPRequest.Method,
    _ origin: RequestOrigin, _ id: RequestID
  ) -> Response {
    var fields = SecurityFields.fields(
      contentPolicy: answer.contentPolicy, isSecure: origin.isSecure == true)
    if answer.isFramed { fields[.frameOptions] = "SAMEORIGIN" }
    fields.append(contentsOf: answer.fields)
    fields.append(contentsOf: problem?.fields ?? [:])
    fields[.requestID] = id.text
    if answer.status != .noContent {
      fields[.contentType] = answer.mediaType
      if answer.stream == nil { fields[.contentLength] = "\(answer.body.count)" }
    }
    if problem?.closes == true { fields[.connection] = "close" }
    if let live { return Response(status: answer.status, headers: fields, body: Self.body(live)) }
    let body =
      method == .head || answer.body.isEmpty
      ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    return Response(status: answer.status, headers: fields, body: body)
  }

  private static func body(_ live: LiveStream) -> ResponseBody {
    ResponseBody { writer in
      defer { live.end() }
      for await part in live.parts { try await writer.write(ByteBuffer(bytes: part)) }
      try await writer.finish(nil)
    }
  }
}

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
  let journal: RequestJournal

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
    do {
      answer = try await served(request, place, origin, id)
    } catch {
      let fault = problemAnswer(error, id)
      problem = fault
      answer = rendered(fault, request, id)
    }
    journal.note(
      id, method: request.method, route: place?.template, status: answer.status,
      problem: problem, took: .now - began)
    return response(answer, problem, request.method, origin, id)
  }

  // MARK: Serving

  private func served(
    _ request: Request, _ place: LiveRoutes.Place?, _ origin: RequestOrigin, _ id: RequestID
  ) async throws -> WebAnswer {
    try admit(origin)
    try admit(host: request.head.authority)
    guard let place else { throw nowhere }
    func given() -> WebRequest {
      WebRequest(id: id, token: place.token, fields: request.headers, origin: origin)
    }
    switch request.method {
    case .get, .head:
      guard let (route, handler) = place.reading else { break }
      try Self.require(route.role)
      return try await handler.answer(given())
    case .post:
      guard let (route, handler) = place.writing else { break }
      try Self.require(route.role)
      let body = try BodyReader(request, limit: route.bodyLimit)
      return try await handler.answer(given(), body: body.read)
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

  /// Nobody can sign in yet, so a route for people is closed to everybody.
  private static func require(_ role: RouteRole) throws(Problem) {
    if role > .public { throw .signInRequired }
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
    guard routes.listener == .public, WebRequest.prefersPage(request.headers) else {
      return .problem(problem, requestID: id)
    }
    let language = PageLanguage(accepting: request.headers)
    return .page(ProblemPage.page(problem, language), status: problem.status)
  }

  private func response(
    _ answer: WebAnswer, _ problem: Problem?, _ method: HTTPRequest.Method,
    _ origin: RequestOrigin, _ id: RequestID
  ) -> Response {
    var fields = SecurityFields.fields(
      contentPolicy: answer.contentPolicy, isSecure: origin.isSecure == true)
    fields.append(contentsOf: answer.fields)
    fields.append(contentsOf: problem?.fields ?? [:])
    fields[.requestID] = id.text
    if answer.status != .noContent {
      fields[.contentType] = answer.mediaType
      fields[.contentLength] = "\(answer.body.count)"
    }
    if problem?.closes == true { fields[.connection] = "close" }
    let body =
      method == .head || answer.body.isEmpty
      ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    return Response(status: answer.status, headers: fields, body: body)
  }
}

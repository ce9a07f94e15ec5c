/// The routes of one listener with their handlers.
struct LiveRoutes: Sendable {
  /// A handler that is ready to answer.
  enum Handler: Sendable {
    case reading(any ReadingHandler)
    case writing(any WritingHandler)
  }

  /// What a path leads to.
  struct Place: Sendable {
    let template: RouteTemplate
    let token: String
    fileprivate(set) var reading: (route: Route, handler: any ReadingHandler)?
    fileprivate(set) var writing: (route: Route, handler: any WritingHandler)?

    /// The value of `Allow`.
    var allowed: String {
      var methods = ["OPTIONS"]
      if reading != nil { methods += ["GET", "HEAD"] }
      if writing != nil { methods.append("POST") }
      return methods.sorted().joined(separator: ", ")
    }
  }

  let listener: ListenerRole
  private let rows: [(route: Route, handler: Handler)]

  init(_ listener: ListenerRole, _ reading: ReadPorts, _ writing: WritePorts) {
    self.listener = listener
    rows = RouteTable.all.filter { $0.listener == listener }.map { route in
      switch route.handler {
      case .reading(let type): (route, .reading(type.init(reading)))
      case .writing(let type): (route, .writing(type.init(writing)))
      }
    }
  }

  /// Nil where the path leads nowhere.
  func place(_ path: String) -> Place? {
    var place: Place?
    for row in rows {
      guard let token = row.route.template.match(path) else { continue }
      // A fixed path wins over one with a variable part that would fit too.
      if let place, place.template != row.route.template { continue }
      var found = place ?? Place(template: row.route.template, token: token)
      switch row.handler {
      case .reading(let handler): found.reading = (row.route, handler)
      case .writing(let handler): found.writing = (row.route, handler)
      }
      place = found
    }
    return place
  }
}

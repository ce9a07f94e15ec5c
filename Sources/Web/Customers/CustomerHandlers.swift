import ActionProtocol
import Engine
import HTTPTypes

/// Customers by name, for a browser.
struct CustomersPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let filter = try CustomerFilter(QueryValues(request.query), limit: 50)
    let page = try await Customers(desk.engine).page(frame.org, filter)
    return .page(CustomerPages.list(frame, page, search: filter.search))
  }
}

/// One customer, for a browser.
struct CustomerPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") {
      CustomerDeed(rawValue: $0)
    }
    return .page(try await desk.customerPage(request, notice: done?.notice))
  }
}

/// Customers by name, for programs.
struct CustomersHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    let filter = try CustomerFilter(query, limit: try query.number("limit", 50, 1...200))
    let page = try await Customers(engine).page(org, filter)
    return .json([
      "customers": .array(
        page.lines.map { .object(CustomerJSON.record($0.record, debts: $0.debts)) }),
      "next": page.next.map { .string($0.text) } ?? .null,
    ])
  }
}

/// One customer, for programs.
struct CustomerHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    guard let picture = try await Customers(engine).picture(org, request.customer()) else {
      throw Problem.noCustomer
    }
    return .json(CustomerJSON.picture(picture))
  }
}

extension CustomerFilter {
  fileprivate init(_ query: QueryValues, limit: Int) throws(Problem) {
    let search = try query.value("q", "at most 200 characters") { text in
      text.count <= 200 ? text : nil
    }
    self.init(
      search: search, after: try query.value("after", "a `next` of a page") { CustomerCursor($0) },
      limit: limit)
  }
}

extension WebRequest {
  func customer() throws(Problem) -> PartnerID {
    guard let number = Int64(token), let id = PartnerID(rawValue: number) else {
      throw Problem.noCustomer
    }
    return id
  }
}

extension Problem {
  static let noCustomer = Problem(
    .notFound, "customer.unknown", "There is no such customer in this organisation.",
    remedy: "GET /api/v1/customers finds customers by name, e-mail or number.")
}

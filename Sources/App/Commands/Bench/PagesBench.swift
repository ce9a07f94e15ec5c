import ActionProtocol
import Decisions
import Engine
import Foundation

extension PipelineBench {
  /// How long one page takes.
  struct PageTime {
    let path: String
    /// Milliseconds, sorted.
    var milliseconds: [Double]
    /// Bytes of the body.
    var size: Int

    func quantile(_ share: Double) -> Double {
      guard !milliseconds.isEmpty else { return 0 }
      let place = Int((Double(milliseconds.count) * share).rounded(.up)) - 1
      return milliseconds[min(max(place, 0), milliseconds.count - 1)]
    }
  }

  private static let password = "bench four unrelated words"

  /// Asks a serving process for every page, with so many actions finished and so many waiting.
  func pageTimes(
    finished: Int, pending: Int, rounds: Int, in folder: String, database: String?,
    _ note: (String) -> Void
  ) async throws -> [PageTime] {
    try await importBooks(pending)
    note("imported \(pending) overdue invoices")
    let org = organisation.id
    let waiting = try await Analyst(house.context).analyze(
      org, asOf: nil, dryRun: false, by: house.author(.propose, in: org), via: "bench"
    ).outcomes.compactMap(\.state)
    note("proposed \(waiting.count)")
    guard let first = waiting.first else { return [] }
    if finished > 0 { try await BenchHistory(house.store, like: first).fill(finished, note) }
    let session = try await session()
    let server = try BenchServer(home: folder, database: database, showsPages: true)
    defer { server.stop() }
    guard let port = server.privatePort else { return [] }
    let done = finished > 0 ? ["/actions/\(org.rawValue)-history-\(finished / 2 + 1)"] : []
    let card = "/actions/\(waiting[waiting.count / 2].id.rawValue)"
    let customer = "/customers/\(first.partner?.rawValue ?? 1)"
    let paths =
      [
        "/inbox", "/inbox?q=Customer+77", "/inbox?sort=amount", card, "\(card)/message", "/actions",
        "/actions?status=completed",
      ] + done + [
        "/activity", "/attention", "/customers", "/customers?q=77", customer, "/today", "/outreach",
        "/policies", "/policies/draft", "/settings", "/setup", "/audit", "/account", "/stop",
        "/api/v1/inbox", "/api/v1/actions", "/api/v1\(card)",
      ]
    return try paths.map { path in
      let time = try Self.time(path, session, port, rounds, org)
      note("\(path): \(String(format: "%.1f", time.quantile(0.99))) ms")
      return time
    }
  }

  /// Of an owner of every organisation here.
  private func session() async throws -> String {
    guard let ann = PersonID(rawValue: "bench-owner") else { return "" }
    _ = try await People(house.access).add(
      NewPerson(id: ann, name: "Bench Owner"), roles: [.owner], in: organisation.id,
      password: Self.password, by: house.caller, via: "bench")
    return try await SignIn(house.access).login(
      ann.rawValue, password: Self.password, from: nil, place: .web, via: "bench"
    ).token
  }

  private static func time(
    _ path: String, _ session: String, _ port: Int, _ rounds: Int, _ org: OrgID
  ) throws -> PageTime {
    let target = path + (path.contains("?") ? "&" : "?") + "org=\(org.rawValue)"
    let request = Array(
      """
      GET \(target) HTTP/1.1\r
      Host: localhost:\(port)\r
      Cookie: aiom_local=\(session)\r
      Accept: \(path.hasPrefix("/api/") ? "application/json" : "text/html")\r
      \r

      """.utf8)
    guard let client = LoopbackClient(port: port) else { throw stopped(path, nil) }
    var time = PageTime(path: path, milliseconds: [], size: 0)
    for round in -5..<rounds {
      let begun = ContinuousClock.now
      let answer = client.answer(to: request)
      let taken = ContinuousClock.now - begun
      guard let answer, answer.status == 200 else { throw stopped(path, answer?.status) }
      time.size = answer.size
      // The first ones find nothing prepared.
      guard round >= 0 else { continue }
      time.milliseconds.append(
        Double(taken.components.seconds) * 1000 + Double(taken.components.attoseconds) / 1e15)
    }
    time.milliseconds.sort()
    return time
  }

  private static func stopped(_ path: String, _ status: Int?) -> Failure {
    Failure(
      .internalError, "bench.page",
      "\(path) was answered with \(status.map(String.init) ?? "nothing").",
      remedy: "This is a defect of AIOM: please report it with this line.")
  }
}

import ActionProtocol
import Foundation
import Insights
import Testing

/// What tasks and projects tell, from hand-made records.
@Suite struct WorkAnalysisTests {
  private static let today = LocalDate(iso: "2026-03-04").unsafelyUnwrapped
  private static let ann = NamedRecord(id: 7, name: "Ann Lee")
  private static let bob = NamedRecord(id: 8, name: "Bob Ray")
  private static let site = NamedRecord(id: 1, name: "Web site")

  private static func task(
    _ id: Int64, due: Int?, priority: Int = 1, of assignee: NamedRecord? = ann,
    in project: NamedRecord? = site
  ) -> TaskFacts {
    TaskFacts(
      id: id, name: "Task \(id)", project: project, assignee: assignee,
      dueOn: due.map { today.adding(days: $0) }, priority: priority)
  }

  private static func report(_ tasks: [TaskFacts]) -> WorkReport {
    WorkAnalysis.analyze(WorkSnapshot(today: today, tasks: tasks))
  }

  @Test(arguments: [(-1, true), (0, false), (1, false)])
  func `what is due today is not overdue`(_ due: Int, _ isOverdue: Bool) {
    let report = Self.report([Self.task(1, due: due)])
    #expect(report.overdue.map(\.days) == (isOverdue ? [1] : []))
  }

  @Test func `the most urgent comes first, then the longest overdue`() {
    let report = Self.report([
      Self.task(1, due: -30, priority: 0), Self.task(2, due: -1, priority: 3),
      Self.task(3, due: -9, priority: 3), Self.task(4, due: -9, priority: 3),
      Self.task(5, due: nil),
    ])
    #expect(report.overdue.map(\.task.id) == [3, 4, 2, 1])
    #expect(report.byPriority == [3, 0, 0, 1])
  }

  @Test(arguments: [(5, false), (6, true)])
  func `a project is late with more than five overdue tasks`(_ count: Int, _ isLate: Bool) {
    let report = Self.report((1...count).map { Self.task(Int64($0), due: -2) })
    #expect(report.lateProjects.count == (isLate ? 1 : 0))
    let kinds = report.findings(MessageFormats(localeIdentifier: "en_US")).map(\.kind)
    #expect(kinds == (isLate ? ["late_project", "overdue_tasks"] : ["overdue_tasks"]))
  }

  @Test func `tasks without a project make no project late`() {
    let report = Self.report((1...9).map { Self.task($0, due: -2, in: nil) })
    #expect(report.lateProjects.isEmpty)
  }

  @Test func `the load of each person is counted, and of nobody`() throws {
    let report = Self.report([
      Self.task(1, due: -1), Self.task(2, due: 0), Self.task(3, due: 7), Self.task(4, due: 8),
      Self.task(5, due: nil, of: Self.bob), Self.task(6, due: -3, of: nil),
      Self.task(7, due: -3, of: nil),
    ])
    #expect(report.people.map(\.subject?.name) == [nil, "Ann Lee", "Bob Ray"])
    let ann = try #require(report.people.first { $0.subject == Self.ann })
    #expect((ann.open, ann.overdue, ann.dueSoon, ann.undated) == (4, 1, 2, 0))
    let bob = try #require(report.people.first { $0.subject == Self.bob })
    #expect((bob.open, bob.overdue, bob.dueSoon, bob.undated) == (1, 0, 0, 1))
    #expect(report.people.reduce(0) { $0 + $1.open } == report.open)
  }

  @Test func `one finding a person, with the same fingerprint whatever the tasks`() {
    func drafts(_ ids: ClosedRange<Int64>, priority: Int = 1) -> [FindingDraft] {
      Self.report(ids.map { Self.task($0, due: -2, priority: priority) })
        .findings(MessageFormats(localeIdentifier: "en_US"))
    }
    let (few, more) = (drafts(1...2), drafts(2...5, priority: 2))
    #expect(few.map(\.fingerprint) == ["tasks.overdue:7"])
    #expect(more.map(\.fingerprint) == few.map(\.fingerprint))
    #expect(few.map(\.title) == ["2 overdue tasks of Ann Lee"])
    #expect(few.map(\.severity) == [.low] && more.map(\.severity) == [.medium])
  }

  @Test func `projects without tasks are one finding`() {
    let report = WorkAnalysis.analyze(
      WorkSnapshot(
        today: Self.today,
        emptyProjects: (1...7).map { NamedRecord(id: $0, name: "Plan \($0)") }))
    let found = report.findings(MessageFormats(localeIdentifier: "en_US"))
    #expect(found.map(\.title) == ["7 projects have no tasks"])
    #expect(
      found.map(\.explanation) == ["Plan 1, Plan 2, Plan 3, Plan 4, Plan 5 and 2 more."])
  }

  @Test func `who owes and is being sold to is named, and nobody else`() throws {
    let books = BooksSnapshot(
      company: Books.company(), asOf: Self.today, recordsAsOf: nil,
      partners: try (1...3).map { try Books.partner($0, "Customer \($0)") },
      invoices: [
        Books.invoice(1, "INV-1", of: 1, due: "2026-02-22", open: 120_000),
        Books.invoice(2, "INV-2", of: 2, due: "2026-02-22", open: 120_000),
        Books.invoice(3, "INV-3", of: 3, due: "2026-03-09", open: 120_000),
      ], unallocated: [])
    let deals = [1, 3, 4].map { (id: Int64) in
      OpenDeal(id: id, name: "Deal \(id)", partner: Books.partnerID(id))
    }
    let report = WorkAnalysis.analyze(
      WorkSnapshot(today: Self.today, openDeals: deals),
      debts: OverdueAnalysis.analyze(books).customers)
    #expect(report.dealsAndDebts.map(\.partner.rawValue) == [1])
    let found = try #require(
      report.findings(MessageFormats(localeIdentifier: "en_US")).first)
    #expect(found.fingerprint == "tasks.deal_and_debt:1")
    #expect(found.explanation == "$1,200.00 is overdue, for 10 days; open: Deal 1.")
  }
}

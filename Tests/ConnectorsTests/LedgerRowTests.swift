import ActionProtocol
import Addressing
import Engine
import Testing

@testable import Connectors

@Suite("Rows of ledger files")
struct LedgerRowTests {
  @Test func `a partner with everything`() throws {
    let text = """
      external_id,name,email,phone,country,zone,language,active,blacklisted,never_remind
      7,Müller GmbH,Info@Mueller.example,030 1234567,Deutschland,Europe/Berlin,de_AT,ja,no,x
      """
    let row = try #require(try lines(of: text, .partners).first?.partner)
    #expect(row.externalID == "7")
    #expect(row.name == "Müller GmbH")
    #expect(row.email == (try EmailAddress("Info@mueller.example")))
    #expect(row.phone == (try PhoneNumber(e164: "+49301234567")))
    #expect(row.country == "DE")
    #expect(row.zone == "Europe/Berlin")
    #expect(row.language == "de-AT")
    #expect(row.isActive && !row.isBlacklisted && row.neverRemind)
  }

  @Test func `a partner with a name alone is known by it`() throws {
    let row = try #require(try lines(of: "Customer\n  Acme Corp \n", .partners).first?.partner)
    #expect(row == PartnerRow(externalID: "Acme Corp", name: "Acme Corp"))
  }

  @Test func `a phone number takes the file's country where the row has none`() throws {
    let options = ImportOptions(country: "GB")
    let rows = try lines(
      of: "name,phone,country\nA,020 7946 0958,\nB,030 1234567,DE\nC,+1 202 555 0101,DE\n",
      .partners, options)
    #expect(
      rows.map { $0.partner?.phone?.e164 } == ["+442079460958", "+49301234567", "+12025550101"])
  }

  @Test func `everything that is wrong with a row is said at once`() throws {
    let text = """
      name,e-mail,phone,country,tz,lang,active
      ,nobody,12,Atlantis,Mars/Base,123,perhaps
      """
    let rejected = try lines(of: text, .partners)
    guard case .rejected(let problems)? = rejected.first else {
      Issue.record("not rejected")
      return
    }
    #expect(
      problems.map(\.column) == ["name", "country", "e-mail", "phone", "tz", "lang", "active"])
    #expect(problems.allSatisfy { $0.line == 2 && !$0.problem.isEmpty && !$0.remedy.isEmpty })
    #expect(!problems.contains { $0.problem.contains("nobody") })
  }

  @Test(arguments: ["a@b.example; c@d.example", "a@b.example,c@d.example", "A a@b.example"])
  func `a cell with more than one address is refused`(cell: String) throws {
    let rows = try lines(of: "name,email\nA,\"\(cell)\"\n", .partners)
    #expect(rows.first?.problems == ["2 email: is not one address"])
  }

  @Test(
    arguments: [("\"a\nb\"", "holds a line break or control character"), ("x", nil)]
      as [(String, String?)])
  func `names are one line`(cell: String, problem: String?) throws {
    let row = try #require(try lines(of: "name\n\(cell)\n", .partners).first)
    #expect(row.problems == (problem.map { ["2 name: \($0)"] } ?? []))
  }

  @Test func `a row with fields missing or left over is refused by line`() throws {
    let rows = try lines(of: "name,email\nA\nB,b@b.example,x\nC,\n", .partners)
    #expect(
      rows.map(\.problems) == [
        ["2 : has 1 fields, the header has 2"], ["3 : has 3 fields, the header has 2"], [],
      ])
  }

  @Test func `a row with broken quotes is refused by line`() throws {
    let rows = try lines(of: "name,email\nA \"x\",\nB,\n", .partners)
    #expect(rows.map { $0.problems.count } == [1, 0])
  }

  @Test func `a contact's role is recognised where it pays bills`() throws {
    let text = """
      partner,name,email,role
      Acme,Ann,ann@acme.example,Accounts Payable
      Acme,Bob,bob@acme.example,Buchhaltung
      Acme,Cyd,cyd@acme.example,Sales
      """
    let roles = try lines(of: text, .contacts).map { line -> String? in
      guard case .contact(let row)? = line.row else { return nil }
      #expect(row.externalID == row.email?.identity)
      return row.role
    }
    #expect(roles == ["billing", "billing", "sales"])
  }

  @Test func `a contact without id and address is refused`() throws {
    let rows = try lines(of: "external_id,partner,name,email\n,Acme,Ann,\n", .contacts)
    #expect(rows.first?.problems == ["2 external_id: is empty, and so is the address"])
  }

  @Test func `a payment names its invoice or whose it is`() throws {
    let text = """
      id,invoice,partner,amount,currency,date
      P1,INV-1,,100.00,EUR,2026-01-31
      P2,,Acme,-5.00,,31.01.2026
      P3,,,1,EUR,2026-01-31
      ,INV-1,,x,XXY,x
      """
    let rows = try lines(of: text, .payments)
    guard case .payment(let first)? = rows[0].row, case .payment(let second)? = rows[1].row else {
      Issue.record("not read")
      return
    }
    #expect(first.amount == Money(minorUnits: 10_000, currency: Currency(code: "EUR")!))
    #expect(second.amount == Money(minorUnits: -500, currency: Currency(code: "USD")!))
    #expect(second.on.iso == "2026-01-31")
    #expect(rows[2].problems == ["4 invoice: is empty, and so is the partner"])
    #expect(
      rows[3].problems == [
        "5 id: is empty", "5 currency: is no currency", "5 date: is no date",
      ])
  }

  @Test func `a dispute ends after it began`() throws {
    let text = "id,invoice,opened,closed\nD1,INV-1,2026-01-31,2026-01-30\nD2,INV-1,2026-01-31,\n"
    let rows = try lines(of: text, .disputes)
    #expect(rows.map { $0.problems.count } == [1, 0])
  }

  @Test func `a deal's dates, and one close date that means two things`() throws {
    let rows = try lines(
      of: """
        id,name,stage,stage entered,engage date,close date
        1,Open,Offer,2026-01-10,2026-01-02,2026-03-01
        2,Lost,Lost,,2026-01-03,2026-02-01

        """, .deals)
    guard case .deal(let open)? = rows[0].row, case .deal(let lost)? = rows[1].row else {
      Issue.record("not read")
      return
    }
    #expect(open.stageSince?.iso == "2026-01-10" && open.openedOn?.iso == "2026-01-02")
    #expect(open.expectedClose?.iso == "2026-03-01" && open.closedOn == nil)
    #expect(lost.state == .lost && lost.closedOn?.iso == "2026-02-01")
  }

  @Test func `deals and tasks`() throws {
    let deals = try lines(
      of:
        "id,name,stage,value,close date\n1,Big,Closed Won,\"1,000.50\",2026-02-01\n2,Small,New,,\n",
      .deals)
    guard case .deal(let won)? = deals[0].row, case .deal(let open)? = deals[1].row else {
      Issue.record("not read")
      return
    }
    #expect(won.state == .won && won.value?.minorUnits == 100_050)
    #expect(open.state == .open && open.value == nil)
    #expect(won.closedOn?.iso == "2026-02-01")
    let tasks = try lines(
      of: "id,title,status,due date,priority,done\n1,Call,,2026-02-01,urgent,yes\n2,Go,Later,,5,\n",
      .tasks)
    guard case .task(let task)? = tasks[0].row else {
      Issue.record("not read")
      return
    }
    #expect(task.stage == "New" && task.priority == "3" && task.isDone)
    #expect(tasks[1].problems == ["3 priority: is no priority"])
  }
}

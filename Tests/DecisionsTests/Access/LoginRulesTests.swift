import ActionProtocol
import Decisions
import Testing

@Suite struct LoginRulesTests {
  static let now = Instant(milliseconds: 1_800_000_000_000)

  static func after(_ seconds: Int) -> Instant { now.advanced(by: .seconds(seconds)) }

  @Test
  func `five wrong passwords are free, the next waits 30 s, then twice as long, at most an hour`() {
    let rule = LoginThrottle.account
    var failures: LoginFailures?
    for number in 1...4 {
      failures = rule.failed(failures, now: Self.now)
      #expect(failures?.count == number)
      #expect(rule.opens(failures, now: Self.now) == nil)
    }
    var waits: [Int] = []
    for _ in 5...13 {
      failures = rule.failed(failures, now: Self.now)
      let end = rule.opens(failures, now: Self.now)
      waits.append(Int((end?.duration(since: Self.now) ?? .zero).components.seconds))
    }
    #expect(waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
  }

  @Test func `a wait ends at its instant, and failures are forgotten after a day`() {
    let rule = LoginThrottle.account
    let failures = LoginFailures(count: 5, lastAt: Self.now)
    #expect(rule.opens(failures, now: Self.after(29)) == Self.after(30))
    #expect(rule.opens(failures, now: Self.after(30)) == nil)
    #expect(rule.failed(failures, now: Self.after(86_399)).count == 6)
    #expect(rule.failed(failures, now: Self.after(86_400)).count == 1)
    // A clock that went back forgets nothing.
    #expect(rule.opens(failures, now: Self.after(-10)) == Self.after(30))
    #expect(rule.locks(failures))
    #expect(!rule.locks(LoginFailures(count: 6, lastAt: Self.now)))
    let many = LoginFailures(count: .max, lastAt: Self.now)
    #expect(rule.opens(many, now: Self.now) == Self.after(3600))
  }

  @Test(arguments: SessionPlace.allCases)
  func `a session ends unused, and at the latest at its age`(_ place: SessionPlace) {
    let rules = SessionRules.standard(place)
    let idleEnd = Self.now.advanced(by: rules.idle)
    let live = { rules.isLive(created: Self.now, seen: Self.now, now: $0) }
    #expect(live(idleEnd.advanced(by: .milliseconds(-1))))
    #expect(!live(idleEnd))
    let last = Self.now.advanced(by: rules.longest)
    let seen = last.advanced(by: .seconds(-1))
    #expect(rules.ends(created: Self.now, seen: seen) == last)
    #expect(!rules.isLive(created: Self.now, seen: seen, now: last))
    #expect(!rules.notes(seen: Self.now, now: Self.after(59)))
    #expect(rules.notes(seen: Self.now, now: Self.after(60)))
  }

  @Test(arguments: [
    ("correct horse battery staple", true), ("Straße-Übung-Zäune", true),
    ("tr0ub4dor&3xyz", true), ("short", false), ("elevenchars", false),
    ("aaaaaaaaaaaaaaaa", false), ("abcdefghijklmnop", false), ("0123456789012345", false),
    ("password123456", false), ("annlee-ann-lee", false), ("qwertzuiop1234", false),
    ("line\nbreak-in-it", false), (String(repeating: "ab1cd2ef", count: 17), false),
  ])
  func `length counts, and what everybody would try first is refused`(
    _ password: String, _ isTaken: Bool
  ) {
    do {
      try PasswordRules.check(password, words: ["ann", "lee", "ann@acme.example"])
      #expect(isTaken)
    } catch {
      #expect(!isTaken)
      #expect(!error.message.contains(password) && !error.remedy.contains(password))
    }
  }

  @Test func `the same characters are the same password, however they were typed`() {
    #expect(
      PasswordRules.bytes("Stra\u{00DF}e-u\u{0308}") == PasswordRules.bytes("Straße-\u{00FC}"))
  }

  @Test func `a token lasts a day to a year`() throws {
    #expect(try TokenRules.end(days: 1, from: Self.now) == Self.after(86_400))
    for days in [0, -1, 367, Int.max] {
      #expect(throws: AccessError.self) { try TokenRules.end(days: days, from: Self.now) }
    }
  }
}

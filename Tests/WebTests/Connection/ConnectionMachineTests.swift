import Testing

@testable import Web

@Suite("Connection machine") struct ConnectionMachineTests {
  private func served(_ machine: inout ConnectionMachine) {
    _ = machine.bytesArrived()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.end()
    _ = machine.answerBegins(ends: false)
    _ = machine.answerEnded()
  }

  private func machine() -> ConnectionMachine {
    var machine = ConnectionMachine(bodyBytes: 100)
    _ = machine.opened()
    return machine
  }

  @Test func `each part of a request has a clock of its own`() {
    var machine = ConnectionMachine(bodyBytes: 100)
    #expect(machine.opened() == [.wait(.head)])
    #expect(machine.bytesArrived() == [])
    #expect(machine.head(announced: 3, staysOpen: true) == [.wait(.body)])
    #expect(machine.body(bytes: 3) == [])
    #expect(machine.end() == [.wait(.answer)])
    #expect(machine.answerBegins(ends: false) == false)
    #expect(machine.answerEnded() == [.wait(.idle)])
    #expect(machine.bytesArrived() == [.wait(.head)])
  }

  @Test func `a dripping body does not restart its clock`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    for _ in 1...50 {
      #expect(machine.bytesArrived() == [])
      #expect(machine.body(bytes: 1) == [])
    }
    #expect(machine.ranOut() == [.answer(.tooSlow), .finish, .wait(.linger)])
  }

  @Test func `a dripping head does not restart its clock`() {
    var machine = machine()
    for _ in 1...50 { #expect(machine.bytesArrived() == []) }
    #expect(machine.ranOut() == [.answer(.tooSlow), .finish, .wait(.linger)])
  }

  @Test func `a connection that never says anything is closed in silence`() {
    var machine = machine()
    #expect(machine.ranOut() == [.close])
  }

  @Test func `an idle connection is closed in silence`() {
    var machine = machine()
    served(&machine)
    #expect(machine.ranOut() == [.close])
  }

  @Test(arguments: [(101, true), (100, false)])
  func `a body that is announced too large is refused at once`(_ size: Int, _ isRefused: Bool) {
    var machine = machine()
    let actions = machine.head(announced: size, staysOpen: true)
    #expect(actions.contains(.answer(.bodyTooLarge)) == isRefused)
    #expect(machine.isFinished == isRefused)
  }

  @Test func `a body that is not announced is refused when it has grown too large`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    #expect(machine.body(bytes: 100) == [])
    #expect(machine.body(bytes: 1) == [.answer(.bodyTooLarge), .finish, .wait(.linger)])
    #expect(machine.isMidBody)
  }

  @Test func `where an answer is half out nothing is added to it`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.answerBegins(ends: false)
    #expect(machine.body(bytes: 101) == [.close])
  }

  @Test func `an application that does not answer is answered for`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.end()
    #expect(machine.ranOut() == [.answer(.noAnswerInTime), .finish, .wait(.linger)])
    #expect(machine.ranOut() == [.close])
  }

  @Test func `with two requests waiting nobody is answered out of turn`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.end()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.end()
    #expect(machine.ranOut() == [.close])
  }

  @Test func `the answer to the first of two starts the second one's clock`() {
    var machine = machine()
    for _ in 1...2 {
      _ = machine.head(announced: nil, staysOpen: true)
      _ = machine.end()
    }
    _ = machine.answerBegins(ends: false)
    #expect(machine.answerEnded() == [.wait(.answer)])
    _ = machine.answerBegins(ends: false)
    #expect(machine.answerEnded() == [.wait(.idle)])
  }

  @Test(arguments: [(false, false), (true, true)])
  func `either side can say that it is the last request`(_ staysOpen: Bool, _ ends: Bool) {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: staysOpen)
    _ = machine.end()
    #expect(machine.answerBegins(ends: ends) == true)
    #expect(machine.answerEnded() == [.finish, .wait(.linger)])
    #expect(machine.isFinished)
  }

  @Test func `a last request that was sent along does not cut the answers before it`() {
    var machine = machine()
    for staysOpen in [true, false] {
      _ = machine.head(announced: nil, staysOpen: staysOpen)
      _ = machine.end()
    }
    #expect(machine.answerBegins(ends: false) == false)
    #expect(machine.answerEnded() == [.wait(.answer)])
    #expect(machine.answerBegins(ends: false) == true)
    #expect(machine.answerEnded() == [.finish, .wait(.linger)])
  }

  @Test(arguments: [(true, Problem.headTooLarge), (false, Problem.badRequest)])
  func `what is no HTTP gets a reason`(_ isTooLarge: Bool, _ problem: Problem) {
    var machine = machine()
    _ = machine.bytesArrived()
    #expect(
      machine.unreadable(isTooLarge: isTooLarge) == [.answer(problem), .finish, .wait(.linger)])
    #expect(machine.unreadable(isTooLarge: isTooLarge) == [])
  }

  /// Any order of events: a finished connection asks for nothing but its end.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func `after its end a connection stays ended`(_ seed: UInt64) {
    var random = seed
    func next(_ bound: UInt64) -> UInt64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (random >> 33) % bound
    }
    for _ in 1...200 {
      var machine = machine()
      for _ in 1...20 {
        let wasFinished = machine.isFinished
        let actions: [ConnectionMachine.Action] =
          switch next(8) {
          case 0: machine.bytesArrived()
          case 1: machine.head(announced: nil, staysOpen: next(4) > 0)
          case 2: machine.body(bytes: Int(next(60)))
          case 3: machine.end()
          case 4: machine.unreadable(isTooLarge: next(2) == 0)
          case 5: machine.answerBegins(ends: false) ? [] : []
          case 6: machine.answerEnded()
          default: machine.ranOut()
          }
        if wasFinished {
          #expect(machine.isFinished, "seed \(seed)")
          #expect(actions.allSatisfy { $0 == .close }, "seed \(seed)")
        }
      }
    }
  }

  @Test func `an answer that goes on has a clock for each part, and none for the whole`() {
    var machine = machine()
    _ = machine.head(announced: nil, staysOpen: true)
    _ = machine.end()
    #expect(machine.answerFlowed() == [])
    _ = machine.answerBegins(ends: false)
    #expect(machine.answerStreams() == [.wait(.flow)])
    for _ in 1...50 { #expect(machine.answerFlowed() == [.wait(.flow)]) }
    var stuck = machine
    #expect(stuck.ranOut() == [.close])
    #expect(machine.answerEnded() == [.wait(.idle)])
    #expect(!machine.isStreaming && machine.answerFlowed() == [])
  }
}

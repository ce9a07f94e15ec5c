import Decisions
import Testing

@Suite struct BootLifeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let lockIsFree: Bool
    let sameKernel: Bool
    let now: Int64
    let dead: Bool

    var testDescription: String { "free \(lockIsFree), same kernel \(sameKernel), at \(now)" }
  }

  @Test(arguments: [
    Case(lockIsFree: false, sameKernel: true, now: 999, dead: false),
    Case(lockIsFree: false, sameKernel: true, now: 1000, dead: false),
    Case(lockIsFree: false, sameKernel: true, now: 1001, dead: false),
    Case(lockIsFree: false, sameKernel: false, now: 1001, dead: false),
    Case(lockIsFree: true, sameKernel: true, now: 999, dead: false),
    Case(lockIsFree: true, sameKernel: true, now: 1000, dead: true),
    Case(lockIsFree: true, sameKernel: true, now: 1001, dead: true),
    Case(lockIsFree: true, sameKernel: false, now: 0, dead: true),
    Case(lockIsFree: true, sameKernel: false, now: 1001, dead: true),
  ])
  func `a process is proven dead by a free lock and a lease that is over`(_ example: Case) {
    let life = BootLife(kernelBoot: "kernel-1", leaseEndsAt: 1000)
    #expect(
      life.isProvenDead(
        lockIsFree: example.lockIsFree, kernelBoot: example.sameKernel ? "kernel-1" : "kernel-2",
        monotonicNow: example.now) == example.dead)
  }
}

@Suite struct LeaseWindowTests {
  @Test(arguments: [(11_999, true), (12_000, false), (12_001, false), (15_000, false), (0, true)])
  func `a call may begin until a fifth before the lease's end`(_ after: Int64, _ allowed: Bool) {
    let window = LeaseWindow(seconds: 15)
    #expect(window.margin == .seconds(3))
    #expect(window.allowsCall(lastHeartbeat: 5000, now: 5000 + after) == allowed)
  }

  @Test func `no call begins once another may declare the process dead`() {
    for seconds in 1...60 {
      let window = LeaseWindow(seconds: seconds)
      let life = BootLife(kernelBoot: "k", leaseEndsAt: Int64(seconds) * 1000)
      for now in stride(from: Int64(0), through: Int64(seconds) * 1000 + 500, by: 100) {
        let dead = life.isProvenDead(lockIsFree: true, kernelBoot: "k", monotonicNow: now)
        #expect(!(dead && window.allowsCall(lastHeartbeat: 0, now: now)))
      }
    }
  }

  @Test(arguments: [
    (Duration.milliseconds(1999), Int64(1999)), (.microseconds(1999), 1), (.seconds(2), 2000),
    (.zero, 0), (.milliseconds(-1), -1),
  ])
  func `whole milliseconds are cut towards zero`(_ duration: Duration, _ expected: Int64) {
    #expect(duration.wholeMilliseconds == expected)
  }
}

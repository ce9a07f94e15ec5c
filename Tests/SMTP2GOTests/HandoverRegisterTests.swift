import Handover
import Testing

@Suite struct HandoverRegisterTests {
  @Test func `a call may be handed over once`() {
    let register = HandoverRegister()
    let token = register.open()
    #expect(register.handOver(token))
    #expect(!register.handOver(token))
    #expect(register.close(token))
  }

  @Test func `a closed call may not be handed over any more`() {
    let register = HandoverRegister()
    let token = register.open()
    #expect(!register.close(token))
    #expect(!register.handOver(token))
  }

  @Test func `an unknown token may not be handed over`() {
    #expect(!HandoverRegister().handOver(7))
  }

  @Test func `of a race between handover and close exactly one wins`() async {
    let register = HandoverRegister()
    for _ in 0..<500 {
      let token = register.open()
      async let handedOver = Task.detached { register.handOver(token) }.value
      async let closedAsHandedOver = Task.detached { register.close(token) }.value
      let (first, second) = await (handedOver, closedAsHandedOver)
      #expect(first == second)
    }
  }
}

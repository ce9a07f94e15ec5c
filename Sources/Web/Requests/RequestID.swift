/// Names one request in the answer and in the log. Random; says nothing about the client.
struct RequestID: Hashable, Sendable {
  /// Sixteen hexadecimal digits.
  let text: String

  init() {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    text = String(repeating: "0", count: 16 - digits.count) + digits
  }
}

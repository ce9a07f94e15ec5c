import Sandbox

/// `NAME` or `NAME:COUNT` on the command line.
struct SandboxFaultOption: Sendable {
  let fault: SandboxFault
  /// Nil: until the sandbox ends.
  let count: Int?

  init(_ text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let fault = SandboxFault(rawValue: String(parts[0])) else {
      throw Failure(
        .usage, "sandbox.fault", "There is no fault \(parts[0]).",
        remedy: "There are: \(SandboxFault.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    self.fault = fault
    guard parts.count == 2 else {
      count = nil
      return
    }
    guard let count = Int(parts[1]), count >= 1 else {
      throw Failure(
        .usage, "sandbox.fault_count", "The count in \(text) is not a number from 1 on.",
        remedy: "Write \(fault.rawValue):1 for the next message only.")
    }
    self.count = count
  }
}

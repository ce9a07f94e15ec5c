import ArgumentParser

/// An organisation's share of the work, and what its channels may do.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Its share where several organisations have work: 1 to 100 (default: 1).")
  var weight: String?

  @Option(
    name: .long,
    help: "E-mails in a span of time: N/second, N/minute, N/hour, N/day, or none (default: none).")
  var emailRate: String?

  @Option(
    name: .customLong("sms-rate"), help: "SMS in a span of time, the same way (default: none).")
  var smsRate: String?

  @Option(
    name: .long,
    help: "E-mails under way at once in one process, 1 to 256, or none: AIOM_WORKERS alone limits.")
  var emailCalls: String?

  @Option(name: .customLong("sms-calls"), help: "The same for SMS.")
  var smsCalls: String?
}

import ActionProtocol

extension CompanyProfile {
  /// The calendar day in the company's zone at `now`: the day that ages are counted to.
  ///
  /// At 21:00 in New York it is still today there, although UTC has turned to tomorrow.
  public func today(at now: Instant) -> LocalDate {
    LocalDate(now, in: zone)
  }
}

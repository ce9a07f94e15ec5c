/// What a month costs on a plan, or why the plan does not carry it.
public struct PlanOffer: Hashable, Sendable {
  /// Why a plan does not carry a volume.
  public enum Obstacle: String, Hashable, Sendable {
    /// More e-mails than it has.
    case tooManyEmails = "too_many_emails"
    /// More on one day than it allows.
    case tooManyADay = "too_many_a_day"
    /// It sends no text messages.
    case noSMS = "no_sms"
    /// Nobody has seen the provider offer it.
    case notOffered = "not_offered"
  }

  /// The plan.
  public let plan: EmailPlan
  /// In the order of ``Obstacle``; empty where the plan fits.
  public let obstacles: [Obstacle]
  /// The month's fee with further thousands.
  public let fee: Price
  /// The text messages of the month.
  public let sms: PriceRange

  /// Fee and text messages.
  public var total: PriceRange { PriceRange(fee, fee) + sms }

  /// Whether the plan carries the volume.
  public var fits: Bool { obstacles.isEmpty }
}

extension PriceTable {
  /// What a month's volume costs on each plan, the ones that fit first, cheaper before dearer.
  public func offers(for volume: MonthlyVolume) -> [PlanOffer] {
    let texts = sms(of: volume)
    return plans.map { offer($0, volume, texts) }.sorted { left, right in
      if left.fits != right.fits { return left.fits }
      return (left.fee, left.plan.emails) < (right.fee, right.plan.emails)
    }
  }

  /// The cheapest plan that carries a month's volume; nil where none does.
  public func cheapest(for volume: MonthlyVolume) -> PlanOffer? {
    offers(for: volume).first(where: \.fits)
  }

  /// What the text messages of a volume cost.
  public func sms(of volume: MonthlyVolume) -> PriceRange {
    volume.smsUnits.reduce(.zero) { $0 + sms(units: $1.value, to: $1.key) }
  }

  private func offer(_ plan: EmailPlan, _ volume: MonthlyVolume, _ texts: PriceRange) -> PlanOffer {
    let further = max(0, volume.emails - plan.emails)
    var obstacles: [PlanOffer.Obstacle] = []
    if further > 0, plan.furtherThousand == nil { obstacles.append(.tooManyEmails) }
    if let perDay = plan.perDay, let busiest = volume.busiestDay, busiest > perDay {
      obstacles.append(.tooManyADay)
    }
    if !plan.hasSMS, volume.allSMSUnits > 0 { obstacles.append(.noSMS) }
    if !plan.isOffered { obstacles.append(.notOffered) }
    let thousands = further / 1000 + (further % 1000 > 0 ? 1 : 0)
    return PlanOffer(
      plan: plan, obstacles: obstacles,
      fee: plan.monthly + (plan.furtherThousand ?? .zero) * thousands, sms: texts)
  }
}

import ActionProtocol
import Decisions
import Engine

/// States, holds and verdicts in words.
public enum StateWording {
  public static func status(_ status: ActionStatus) -> String {
    status.rawValue.replacing("_", with: " ")
  }

  /// Why an action does not move.
  public static func hold(_ reason: HoldReason) -> String {
    switch reason {
    case .scheduled: "scheduled"
    case .undoWindow: "undo window"
    case .sendWindow: "outside the send window"
    case .quietHours: "quiet hours"
    case .coolDown: "anti-spam cool-down"
    case .cap: "a limit on messages is reached"
    case .budget: "the budget is used up"
    case .needsPerson: "needs a person"
    case .staleFacts: "the records are too old to check against"
    case .odooUnavailable: "Odoo does not answer"
    case .retryBackoff: "waits before the next attempt"
    case .throttled: "the provider asked for a pause"
    case .configuration: "a setting, the provider's key or the account is at fault"
    case .cannotTell: "a check cannot tell"
    case .paused: "paused"
    case .outcomeUnknown: "nobody knows whether it arrived"
    }
  }

  /// What ends a hold, for a person.
  public static func wayOut(_ reason: HoldReason) -> String? {
    switch reason {
    case .staleFacts: "Import fresh records: `aiom import invoices FILE`."
    case .configuration:
      "Its card names what is wrong; `aiom smtp2go check` looks at the key and the account."
    case .outcomeUnknown:
      "The provider's activity is searched; `aiom action settle` records what you know."
    case .needsPerson: "Look at its card and correct what it names."
    case .budget:
      "`aiom org set --budget-sms` or `--budget-email` raises it; the next month has a new one."
    case .cap: "It goes on by itself; `aiom org show` names the limits."
    case .undoWindow: "`aiom action withdraw` takes the approval back."
    default: nil
    }
  }

  /// A rule of the guard.
  public static func rule(_ rule: String) -> String {
    switch rule {
    case "cool_down.partner": "a message to this customer is too recent (anti-spam cool-down)"
    case "cool_down.address": "a message to this address is too recent (anti-spam cool-down)"
    case "customer.answered": "the customer wrote, and nobody has answered yet"
    case "duplicate.window": "a message about the same records is too recent"
    case "cap.org.hour", "cap.org.day": "as many messages went out as the organisation allows"
    case "cap.partner.hour", "cap.partner.day": "this customer had as many messages as are allowed"
    case "cap.recipient.hour", "cap.recipient.day":
      "this address had as many messages as are allowed"
    case "cap.domain.hour", "cap.domain.day":
      "this company's addresses had as many messages as are allowed"
    case "budget.email.month": "the month's e-mails are used up"
    case "budget.sms.month": "the month's budget for SMS is used up"
    case "consent.missing": "no consent to marketing is on record (aiom consent add)"
    case "consent.expired": "the consent to marketing has ended"
    case "consent.withdrawn": "the consent to marketing was withdrawn"
    case "consent.not_for_marketing": "the consent on record does not allow marketing"
    case "window.quiet_hours": "outside the customer's business hours (quiet hours)"
    case "window.recipient": "outside business hours on the recipient's clock"
    case "window.holiday": "a holiday where the recipient is"
    case "window.sms_hours": "outside the hours that the law leaves for texts there"
    case "window.never": "its recipients are never within business hours at the same time"
    default: suppression(rule) ?? rule
    }
  }

  private static func suppression(_ rule: String) -> String? {
    let prefix = "suppressed."
    guard rule.hasPrefix(prefix) else { return nil }
    return SuppressionReason(rawValue: String(rule.dropFirst(prefix.count))).map(reason)
  }

  /// Why an address is suppressed.
  public static func reason(_ reason: SuppressionReason) -> String {
    switch reason {
    case .hardBounce: "hard bounce"
    case .softBounce: "soft bounces again and again"
    case .complaint: "complained of spam"
    case .unsubscribe: "unsubscribed"
    case .stop: "answered STOP"
    case .manual: "by hand"
    case .legal: "for legal reasons"
    case .invalid: "no valid address"
    case .spamTrap: "a spam trap"
    case .vendor: "the provider suppresses it"
    }
  }

  public static func cause(_ cause: String) -> String { cause.replacing("_", with: " ") }
}

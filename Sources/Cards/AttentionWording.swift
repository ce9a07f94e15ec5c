import ActionProtocol
import Decisions
import Engine

/// What asks for attention, in words: what it is, and what helps.
public enum AttentionWording {
  /// What kind of matter it is, for a column.
  public static func kind(_ matter: AttentionLine.Matter) -> String {
    switch matter {
    case .failed: "failed"
    case .unknownOutcome: "outcome unknown"
    case .held: "waits for somebody"
    case .pausedChannel: "channel paused"
    case .failingJob: "job failing"
    case .staleSync: "records not taken over"
    case .setting: "setting missing"
    }
  }

  /// A stable word for programs.
  public static func code(_ matter: AttentionLine.Matter) -> String {
    switch matter {
    case .failed: "failed"
    case .unknownOutcome: "outcome_unknown"
    case .held(_, let reason): "held.\(reason.rawValue)"
    case .pausedChannel: "channel_paused"
    case .failingJob: "job_failing"
    case .staleSync: "sync_stale"
    case .setting(let gap): gap.rawValue
    }
  }

  public static func what(_ matter: AttentionLine.Matter) -> String {
    switch matter {
    case .failed(let state): "\(deed(state)): \(state.errorMessage ?? state.errorCode ?? "failed")"
    case .unknownOutcome(let state): "\(deed(state)): nobody knows whether it arrived"
    case .held(let state, let reason): "\(deed(state)): \(StateWording.hold(reason))"
    case .pausedChannel(let pause):
      "\(name(pause.channel)) waits: \(StateWording.hold(pause.reason))"
    case .failingJob(let job):
      "The job \(job.name.rawValue) failed \(times(job.failures))"
        + (job.code.map { ", last with \($0)" } ?? "")
    case .staleSync(let kind, let allowed):
      "\(kind.rawValue) were not taken over to their end for more than "
        + "\(LocalTime.length(milliseconds: allowed.components.seconds * 1000))"
    case .setting(let gap): what(gap)
    }
  }

  /// The command that helps; nil where its page does.
  public static func command(_ matter: AttentionLine.Matter) -> String? {
    switch matter {
    case .failed, .unknownOutcome, .held: nil
    case .pausedChannel: "aiom smtp2go check"
    case .failingJob(let job): "aiom job history \(job.name.rawValue)"
    case .staleSync: "aiom odoo sync"
    case .setting(let gap): command(gap)
    }
  }

  /// The action whose page is the remedy.
  public static func action(_ matter: AttentionLine.Matter) -> ActionState? {
    switch matter {
    case .failed(let state), .unknownOutcome(let state), .held(let state, _): state
    case .pausedChannel, .failingJob, .staleSync, .setting: nil
    }
  }

  private static func deed(_ state: ActionState) -> String {
    "\(state.type.rawValue.replacing("_", with: " ")), \(state.title)"
  }

  private static func name(_ channel: OutreachChannel) -> String {
    channel == .email ? "E-mail" : "SMS"
  }

  private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

  private static func what(_ gap: SettingGap) -> String {
    switch gap {
    case .noSender: "No sender is set: no e-mail can be proposed"
    case .noPostalAddress: "No postal address is set: mail has to say where the sender is"
    case .oldInvoices: "The records of open invoices are too old to check against"
    case .noPublicURL: "AIOM has no public address: outcomes are polled, people opt out by mail"
    case .noWebhook: "No webhook is set up: what became of messages is polled"
    }
  }

  private static func command(_ gap: SettingGap) -> String {
    switch gap {
    case .noSender: "aiom org set --sender \"NAME <MAILBOX>\""
    case .noPostalAddress: "aiom org set --address \"STREET, CITY\""
    case .oldInvoices: "aiom import invoices FILE"
    case .noPublicURL: "aiom config"
    case .noWebhook: "aiom smtp2go webhook install"
    }
  }
}

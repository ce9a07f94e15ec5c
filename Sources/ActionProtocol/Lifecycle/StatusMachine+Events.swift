extension StatusMachine {
  /// What policy says of a revision.
  public enum PolicyVerdict: String, CaseIterable, Hashable, Sendable {
    case requiresApproval, allows, denies

    /// The status a revision begins in.
    public var status: ActionStatus {
      switch self {
      case .requiresApproval: .pendingApproval
      case .allows: .approved
      case .denies: .rejected
      }
    }
  }

  /// Something that happens to an action.
  public enum Event: Hashable, Sendable, CaseIterable {
    /// A person or a quorum approves.
    case approve
    /// A person rejects.
    case reject
    /// `expires_at` or `execute_by` has passed.
    case expire
    /// A person changes it: a new revision, on which policy has decided.
    case edit(PolicyVerdict)
    /// A newer policy no longer allows what was approved.
    case policyGrewStricter
    /// Withdrawn or undone by a person, or superseded by facts.
    case withdraw
    /// A worker takes it.
    case claim
    /// The effect is proven accepted, wholly or in part, and recorded.
    case complete
    /// Given back before any intent, or not sent, throttled, or a matter of configuration.
    case release
    /// A check demands a new approval, or a person answers "send again".
    case sendBack
    /// Blocked, dropped, refused, attempts exhausted, or a person answers "leave it".
    case fail
    /// Proof of acceptance arrives late.
    case proveAccepted
    /// A person requeues it: a new revision, on which policy has decided.
    case requeue(PolicyVerdict)

    public static var allCases: [Event] {
      [
        .approve, .reject, .expire, .policyGrewStricter, .withdraw, .claim, .complete, .release,
        .sendBack, .fail, .proveAccepted,
      ] + PolicyVerdict.allCases.flatMap { [.edit($0), .requeue($0)] }
    }

    /// A name for logs.
    public var name: String {
      switch self {
      case .approve: "approve"
      case .reject: "reject"
      case .expire: "expire"
      case .edit(let verdict): "edit \(verdict.rawValue)"
      case .policyGrewStricter: "policy_grew_stricter"
      case .withdraw: "withdraw"
      case .claim: "claim"
      case .complete: "complete"
      case .release: "release"
      case .sendBack: "send_back"
      case .fail: "fail"
      case .proveAccepted: "prove_accepted"
      case .requeue(let verdict): "requeue \(verdict.rawValue)"
      }
    }

    /// Whether the content or its number changes with the event.
    var makesRevision: Bool {
      switch self {
      case .edit, .requeue, .sendBack: true
      default: false
      }
    }
  }

  /// What the caller must do in the same transaction.
  public enum Action: String, Hashable, Sendable {
    /// Store the new revision with its digest.
    case storeRevision
    /// The approval given so far no longer counts.
    case voidApproval
    /// Draw a new fencing token for the claim.
    case issueFencingToken
    /// Enter the affected records among those with a live action.
    case occupyRecords
    /// Take the affected records out of those with a live action.
    case freeRecords
  }

  /// A move that the protocol's table does not have.
  public struct IllegalTransition: Error, Hashable, Sendable, CustomStringConvertible {
    /// The status it was tried from; nil for a new action.
    public let from: ActionStatus?
    /// The event's name.
    public let event: String
    /// A stable code.
    public var code: String { "status.illegal_transition" }
    /// Code, status and event.
    public var description: String { "\(code): \(from?.rawValue ?? "new"), \(event)" }
  }
}

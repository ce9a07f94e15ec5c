/// The inputs of `create_odoo_task`.
public struct CreateTask: Hashable, Sendable {
  /// The title, 1-200 characters.
  public var name: String
  /// What is to be done.
  public var description: String?
  /// The user it is given to.
  public var userID: Int64?
  /// The day by which it is to be done.
  public var dateDeadline: LocalDate?
  /// The priority.
  public var priority: TaskPriority
  /// The customer it concerns.
  public var partnerID: PartnerID?
  /// The project it belongs to.
  public var projectID: Int64?

  /// A task of the given parts.
  public init(
    name: String, description: String? = nil, userID: Int64? = nil,
    dateDeadline: LocalDate? = nil, priority: TaskPriority = .normal,
    partnerID: PartnerID? = nil, projectID: Int64? = nil
  ) {
    self.name = name
    self.description = description
    self.userID = userID
    self.dateDeadline = dateDeadline
    self.priority = priority
    self.partnerID = partnerID
    self.projectID = projectID
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = ["name": .string(name)]
    object.append("description", .text(description))
    object.append("user_id", .id(userID))
    object.append("date_deadline", .text(dateDeadline?.iso))
    object.append("priority", .string(priority.rawValue))
    object.append("partner_id", .id(partnerID?.rawValue))
    object.append("project_id", .id(projectID))
    return object
  }
}

/// The inputs of `update_odoo_stage`.
public struct UpdateStage: Hashable, Sendable {
  /// The model of the record.
  public var model: StageModel
  /// The record.
  public var recordID: Int64
  /// The stage it is moved to; for `sale.order` the raw value of a `SaleOrderState`.
  public var stageID: Int64
  /// Why; goes to the chatter, never over the record's own text.
  public var reason: String?

  /// A move of a record to a stage.
  public init(model: StageModel, recordID: Int64, stageID: Int64, reason: String? = nil) {
    self.model = model
    self.recordID = recordID
    self.stageID = stageID
    self.reason = reason
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = [
      "model": .string(model.rawValue), "record_id": .integer(recordID),
      "stage_id": .integer(stageID),
    ]
    object.append("reason", .text(reason))
    return object
  }
}

/// The inputs of `log_odoo_activity`.
public struct LogActivity: Hashable, Sendable {
  /// The type of an activity: by number or by its well-known name, such as `call`.
  public enum ActivityType: Hashable, Sendable {
    case id(Int64)
    case name(String)

    var json: JSONValue {
      switch self {
      case .id(let id): .integer(id)
      case .name(let name): .string(name)
      }
    }
  }

  /// The model of the record.
  public var resModel: String
  /// The record.
  public var resID: Int64
  /// The activity's type.
  public var activityType: ActivityType
  /// What it is, 1-200 characters.
  public var summary: String
  /// More about it.
  public var note: String?
  /// The day it is due.
  public var dateDeadline: LocalDate?
  /// The user it is given to.
  public var userID: Int64?

  /// An activity of the given parts.
  public init(
    resModel: String, resID: Int64, activityType: ActivityType, summary: String,
    note: String? = nil, dateDeadline: LocalDate? = nil, userID: Int64? = nil
  ) {
    self.resModel = resModel
    self.resID = resID
    self.activityType = activityType
    self.summary = summary
    self.note = note
    self.dateDeadline = dateDeadline
    self.userID = userID
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = [
      "res_model": .string(resModel), "res_id": .integer(resID),
      "activity_type": activityType.json, "summary": .string(summary),
    ]
    object.append("note", .text(note))
    object.append("date_deadline", .text(dateDeadline?.iso))
    object.append("user_id", .id(userID))
    return object
  }
}

/// The inputs of `create_internal_note`; the customer never sees it.
public struct CreateNote: Hashable, Sendable {
  /// The model of the record.
  public var model: String
  /// The record.
  public var recordID: Int64
  /// The text.
  public var body: String
  /// The kind of note.
  public var subtype: NoteSubtype

  /// A note on a record.
  public init(model: String, recordID: Int64, body: String, subtype: NoteSubtype = .comment) {
    self.model = model
    self.recordID = recordID
    self.body = body
    self.subtype = subtype
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    [
      "model": .string(model), "record_id": .integer(recordID), "body": .string(body),
      "subtype": .string(subtype.rawValue),
    ]
  }
}

/// The inputs of `schedule_follow_up`: a new proposal, made at that time through the same door.
public struct ScheduleFollowUp: Hashable, Sendable {
  /// What it is about.
  public var contextType: FollowUpContext
  /// Which one, 1-100 characters.
  public var contextID: String
  /// When it is due.
  public var scheduledFor: Instant
  /// What is proposed then.
  public var actionType: FollowUpKind
  /// The template to draft it from.
  public var templateID: String?
  /// Values for the proposal.
  public var parameters: JSONObject?

  /// A follow-up of the given parts.
  public init(
    contextType: FollowUpContext, contextID: String, scheduledFor: Instant,
    actionType: FollowUpKind, templateID: String? = nil, parameters: JSONObject? = nil
  ) {
    self.contextType = contextType
    self.contextID = contextID
    self.scheduledFor = scheduledFor
    self.actionType = actionType
    self.templateID = templateID
    self.parameters = parameters
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = [
      "context_type": .string(contextType.rawValue), "context_id": .string(contextID),
      "scheduled_for": .string(scheduledFor.rfc3339), "action_type": .string(actionType.rawValue),
    ]
    object.append("template_id", .text(templateID))
    object.append("parameters", parameters.map { .object($0) })
    return object
  }
}

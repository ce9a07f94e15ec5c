import ActionProtocol
import Engine
import Odoo

/// What a change leaves on what it makes, so that it is found again and made once.
struct OdooMark: Hashable, Sendable {
  /// Twenty hexadecimal digits of a digest of org, action and what is made where.
  private let digits: String

  init(_ change: BooksChange) {
    let target =
      switch change.operation {
      case .createTask: "task"
      case .updateStage(let stage): "stage|\(stage.model.rawValue)|\(stage.recordID)"
      case .logActivity(let activity): "activity|\(activity.resModel)|\(activity.resID)"
      case .createNote(let note): "note|\(note.model)|\(note.recordID)"
      }
    let text = "\(change.org.rawValue)|\(change.action.rawValue)|\(target)"
    digits = String(Digest.sha256(Array(text.utf8)).hex.prefix(20))
  }

  /// In texts, where a person sees where it comes from.
  var text: String { "[aiom-\(digits)]" }

  /// In `ir.model.data`.
  var externalID: ExternalID? { ExternalID(module: "__aiom__", name: "act_\(digits)") }

  /// A text with the mark under it.
  func under(_ body: String) -> String { body.isEmpty ? text : "\(body)\n\n\(text)" }
}

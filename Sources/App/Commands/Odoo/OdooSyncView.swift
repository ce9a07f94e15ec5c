import ActionProtocol
import Cards
import Decisions
import Engine

/// A synchronisation for people and programs.
enum OdooSyncView {
  static func line(_ progress: SyncProgress) -> String {
    let count = AmountText.grouped(String(progress.read))
    return "\(words(progress.kind)): \(count) \(progress.isFull ? "read" : "changed")"
  }

  static func json(_ report: SyncReport) -> JSONObject {
    [
      "kinds": .array(report.kinds.map { .object(json($0)) }),
      "milliseconds": .integer(report.duration.wholeMilliseconds),
      "complete": .bool(report.isWhole),
    ]
  }

  private static func json(_ kind: SyncKindReport) -> JSONObject {
    var leftOut = JSONObject()
    for (reason, count) in kind.leftOut.sorted(by: { $0.key < $1.key }) {
      leftOut[reason] = .integer(Int64(count))
    }
    return [
      "kind": .string(kind.kind.rawValue), "full": .bool(kind.wasFull),
      "read": .integer(Int64(kind.read)), "inserted": .integer(Int64(kind.inserted)),
      "updated": .integer(Int64(kind.updated)), "unchanged": .integer(Int64(kind.unchanged)),
      "gone": .integer(Int64(kind.gone)), "left_out": .object(leftOut),
      "requests": .integer(Int64(kind.requests)),
      "obstacle": kind.obstacle.map { .string($0) } ?? .null,
      "gone_unchecked": .bool(kind.isGoneDoubtful),
    ]
  }

  static func rendered(_ report: SyncReport, style: Style) -> String {
    var table = TextTable([
      .left(""), .right("READ"), .right("NEW"), .right("CHANGED"), .right("GONE"), .left(""),
    ])
    for kind in report.kinds {
      table.add(
        [words(kind.kind)]
          + [kind.read, kind.inserted, kind.updated, kind.gone].map {
            AmountText.grouped(String($0))
          } + [remark(kind)])
    }
    let seconds = Double(report.duration.wholeMilliseconds) / 1000
    let requests = report.kinds.map(\.requests).reduce(0, +)
    return table.rendered(style: style)
      + "\n\(AmountText.grouped(String(requests))) requests in \(seconds) s.\n"
  }

  private static func remark(_ kind: SyncKindReport) -> String {
    switch kind.obstacle {
    case "odoo_model_unknown": return "not installed there"
    case "odoo_access_denied": return "the user may not read them"
    case let obstacle?: return obstacle
    case nil: break
    }
    let left = kind.leftOut.sorted { $0.key < $1.key }.map { reason, count in
      reason == PartnerSuccession.unclear
        ? "\(count) gone, perhaps merged into another: aiom partner merge --help"
        : "\(count) left out: \(reason.replacing("_", with: " "))"
    }
    let doubt = kind.isGoneDoubtful ? ["shows nothing at all; nothing was taken for deleted"] : []
    return (left + doubt).joined(separator: "; ")
  }

  static func words(_ kind: SyncKind) -> String { kind.rawValue.replacing("_", with: " ") }
}

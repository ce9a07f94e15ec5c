import Foundation
import OracleSupport
import Testing

@testable import ActionProtocol

@Suite("The protocol's reference page")
struct ReferencePageTests {
  static func page() throws -> String {
    let file = Oracle.packageRoot.appendingPathComponent("docs/reference/action-protocol.md")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  static let names: [String] =
    ActionType.allCases.map(\.rawValue) + OperationType.allCases.map(\.rawValue)
    + PredicateType.allCases.map(\.rawValue) + HoldReason.allCases.map(\.rawValue)
    + ActionStatus.allCases.map(\.rawValue) + ChangeType.allCases.map(\.rawValue)
    + RiskLevel.allCases.map(\.rawValue) + ApprovalChannel.allCases.map(\.rawValue)
    + ProposalShape.serverOwned + ProposalShape.record.fields.map { $0.name }
    + Invariant.all.flatMap(\.codes)
    + OperationType.allCases.flatMap { OperationShapes.inputs(of: $0).fields.map { $0.name } }

  @Test func `names every type, field, hold and code`() throws {
    let page = try Self.page()
    for name in Self.names {
      let stands = ["`\(name)`", "`\(name).", ".\(name)`"].contains { page.contains($0) }
      #expect(stands, "\(name)")
    }
  }

  @Test func `has the operation and risk of every action type`() throws {
    let page = try Self.page()
    for type in ActionType.allCases {
      let row =
        "| `\(type.rawValue)` | `\(type.operationType.rawValue)` | \(type.defaultRisk.rawValue) |"
      #expect(page.contains(row), "\(type)")
    }
  }

  @Test func `has the ways of undoing of every operation`() throws {
    let page = try Self.page()
    for type in OperationType.allCases {
      let ways = type.rollbackStrategies.map(\.rawValue).joined(separator: ", ")
      let row = page.split(separator: "\n").first {
        $0.hasPrefix("| `\(type.rawValue)` |") && $0.hasSuffix("| \(ways) |")
      }
      #expect(row != nil, "\(type)")
    }
  }

  @Test func `names every code that damaged documents give`() throws {
    let page = try Self.page()
    var codes = Set<String>()
    for document in try SchemaAgreementTests.documents(seed: 3) {
      codes.formUnion(ProposalReader.issues(in: document, now: Examples.now).map(\.code))
    }
    #expect(codes.count > 15)
    for code in codes {
      let family = "`" + code.prefix { $0 != "." } + ".*`"
      #expect(page.contains("`\(code)`") || page.contains(family), "\(code)")
    }
  }
}

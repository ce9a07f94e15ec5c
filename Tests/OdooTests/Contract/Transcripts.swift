import Foundation
import Testing

@testable import Odoo

/// Exchanges with real servers, as they were written down.
struct Transcript: Sendable, CustomTestStringConvertible {
  let version: Int
  let name: String
  let method: String
  let path: String
  let headers: [String: String]
  let body: OdooJSON
  let status: Int
  let answer: OdooJSON

  var testDescription: String { "\(version) \(name)" }

  /// What is called on the `object` service: database, user, secret, model, method, places, names.
  var rpcArguments: [OdooJSON]? {
    guard path == "/jsonrpc", body["params"]?["service"] == "object",
      let arguments = body["params"]?["args"]?.elements, arguments.count == 7
    else { return nil }
    return arguments
  }

  var json2: (model: ModelName, method: String)? {
    let parts = path.split(separator: "/").map { String($0) }
    guard parts.count == 4, parts[0] == "json", method == "POST", body.members != nil,
      let model = ModelName(parts[2])
    else { return nil }
    return (model, parts[3])
  }
}

/// The transcripts lie beside the repository; what needs them is skipped, visibly, where they are not.
enum Transcripts {
  static let folder: URL = {
    let shared = ProcessInfo.processInfo.environment["AIOM_SHARED"].map { URL(fileURLWithPath: $0) }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return (shared ?? root.deletingLastPathComponent().appendingPathComponent("shared"))
      .appendingPathComponent("reference")
  }()

  static let areThere = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("odoo-transcripts-19").path)

  static let all: [Transcript] = [14, 19].flatMap { version in
    let folder = folder.appendingPathComponent("odoo-transcripts-\(version)")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().compactMap { read(folder.appendingPathComponent($0), version) }
  }

  /// The fields of a model as that version described them.
  static func fields(_ model: String, _ version: Int) -> FieldSet? {
    let answers = all.filter { transcript in
      transcript.version == version
        && transcript.rpcArguments.map { $0[3] == .string(model) && $0[4] == "fields_get" } == true
    }
    return answers.lazy.compactMap { $0.answer["result"].flatMap { FieldSet($0) } }.first
  }

  private static func read(_ file: URL, _ version: Int) -> Transcript? {
    guard let text = try? String(contentsOf: file, encoding: .utf8),
      let json = JSONReader.read(text), let request = json["request"],
      let answer = json["response"], let status = answer["status"]?.integer
    else { return nil }
    let headers = (request["headers"]?.members ?? [:]).compactMapValues(\.text)
    return Transcript(
      version: version, name: file.deletingPathExtension().lastPathComponent,
      method: request["method"]?.text ?? "", path: request["path"]?.text ?? "", headers: headers,
      body: request["body"] ?? .null, status: status, answer: (answer["body"] ?? .null).untrimmed)
  }
}

extension OdooJSON {
  /// Without the texts that say how many elements of a list were left out.
  fileprivate var untrimmed: OdooJSON {
    switch self {
    case .array(let elements):
      .array(elements.filter { $0.text?.contains("more trimmed]") != true }.map(\.untrimmed))
    case .object(let members): .object(members.mapValues(\.untrimmed))
    default: self
    }
  }
}

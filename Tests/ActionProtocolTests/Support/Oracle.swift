import ActionProtocol
import Foundation
import OracleSupport

extension Oracle {
  /// Runs a script of `scripts/oracles` over an input and reads the JSON array that it prints.
  static func answer(_ script: String, input: [UInt8]) async throws -> [JSONValue] {
    let bytes = [UInt8](try await output(script, input: Data(input)))
    guard let items = try JSONReader.read(bytes, byteLimit: .max).get().arrayValue else {
      throw Failure(description: "\(script) printed no array")
    }
    return items
  }
}

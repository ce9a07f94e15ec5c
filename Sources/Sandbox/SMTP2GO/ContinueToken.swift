import Foundation

/// Where the next page starts. Fixes the moment of the first page, so that mail which arrives in
/// between neither shifts nor repeats an event.
struct ContinueToken: Equatable {
  var offset: Int
  var asOf: Date
  /// Of the search that the token belongs to.
  var fingerprint: UInt64

  init(offset: Int, asOf: Date, fingerprint: UInt64) {
    self.offset = offset
    self.asOf = asOf
    self.fingerprint = fingerprint
  }

  init?(_ text: String) {
    let parts = text.split(separator: "-").compactMap { UInt64($0, radix: 36) }
    guard parts.count == 3, let offset = Int(exactly: parts[0]), let millis = Int(exactly: parts[1])
    else { return nil }
    self.init(
      offset: offset, asOf: VendorDate.date(milliseconds: millis), fingerprint: parts[2])
  }

  var text: String {
    [UInt64(offset), UInt64(max(0, VendorDate.milliseconds(asOf))), fingerprint]
      .map { String($0, radix: 36) }.joined(separator: "-")
  }

  /// FNV-1a over the search parameters, whatever their order; the credential is no part of them.
  static func fingerprint(of body: JSONValue) -> UInt64 {
    let parameters = (body.members ?? [])
      .filter { $0.name != "continue_token" && $0.name != "api_key" && !$0.value.isAbsent }
      .sorted { $0.name < $1.name }
    return JSONValue.object(parameters).encoded.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
  }
}

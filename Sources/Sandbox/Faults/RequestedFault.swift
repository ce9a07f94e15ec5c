import HTTPTypes

/// A fault that a request asks for itself: by a header, or by the name of a recipient.
///
/// A fault that is named keeps the rules that are switched on from counting this request.
struct RequestedFault: Sendable, Equatable {
  static let header = "X-Sandbox-Fault"

  var fault: SandboxFault
  /// How many requests under this name it strikes; `nil` for all.
  var count: Int?
  /// What the count belongs to.
  var name: String

  /// The HTTP header, then the mail's custom header, then the first recipient that names one.
  static func find(_ headers: HTTPFields, _ body: JSONValue?) -> RequestedFault? {
    if let name = HTTPField.Name(header), let text = headers[name] {
      return RequestedFault(header: text, of: body)
    }
    guard let body else { return nil }
    for mail in [body] + (body["emails"]?.array ?? []) {
      if let found = inMail(mail) { return found }
    }
    return (body["destination"]?.strings ?? []).lazy.compactMap(SpecialNumber.fault(of:)).first
  }

  private static func inMail(_ mail: JSONValue) -> RequestedFault? {
    for item in mail["custom_headers"]?.array ?? [] {
      if let name = item["header"]?.string, name.isSameHeader(as: header),
        let text = item["value"]?.string
      {
        return RequestedFault(header: text, of: mail)
      }
    }
    let recipients = ["to", "cc", "bcc"].flatMap { mail[$0]?.strings ?? [] }
    return recipients.lazy.compactMap(SpecialRecipient.fault(of:)).first
  }

  init(fault: SandboxFault, count: Int?, name: String) {
    self.fault = fault
    self.count = count
    self.name = name
  }

  /// `NAME`, or `NAME:COUNT` for the first requests to the same recipients.
  init?(header text: String, of body: JSONValue?) {
    let recipients = (body?["to"]?.strings ?? []) + (body?["destination"]?.strings ?? [])
    self.init(text, separator: ":", name: recipients.joined(separator: ","))
  }

  /// - Parameter separator: between the fault's name and its count.
  init?(_ text: String, separator: Character, name: String) {
    let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    let word = String(parts.first ?? "").replacing("-", with: "_")
    guard let fault = SandboxFault(rawValue: word) else { return nil }
    var count: Int?
    if parts.count == 2 {
      guard let number = Int(parts[1]), number >= 0 else { return nil }
      count = number
    }
    self.init(fault: fault, count: count, name: text + " " + name)
  }
}

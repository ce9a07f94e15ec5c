import ActionProtocol
import Testing

@Suite("Recipients and effects")
struct RecipientRulesTests {
  static func addresses(_ range: Range<Int>) -> [JSONValue] {
    range.map { .string("user\($0)@customer.example") }
  }

  static func codes(_ inputs: JSONObject, effects: JSONValue? = nil) throws -> [String] {
    var document = try Examples.reminder().jsonForTests
    var all: JSONObject = ["subject": "Hello", "body_text": "Good day"]
    for (key, value) in inputs { all[key] = value }
    document["operation"] = ["type": "send_email", "inputs": .object(all)]
    document["external_effects"] = effects
    return ProtocolValidation.issues(in: CanonicalJSON.encode(.object(document))).map(\.code)
  }

  @Test func `ten recipients together are accepted and eleven are not`() throws {
    #expect(
      try Self.codes([
        "to": .array(Self.addresses(0..<4)), "cc": .array(Self.addresses(4..<7)),
        "bcc": .array(Self.addresses(7..<10)),
      ]).isEmpty)
    #expect(
      try Self.codes([
        "to": .array(Self.addresses(0..<4)), "cc": .array(Self.addresses(4..<7)),
        "bcc": .array(Self.addresses(7..<11)),
      ]) == ["recipients.too_many"])
    #expect(
      try Self.codes(["to": .array(Self.addresses(0..<11))]).contains("field.too_many"))
  }

  @Test func `an address stands once, however its domain is written`() throws {
    #expect(
      try Self.codes(["to": "user0@customer.example", "cc": ["user0@CUSTOMER.example"]])
        == ["recipients.duplicate"])
  }

  @Test func `effects name every recipient once and nobody else`() throws {
    func effect(_ index: Int, _ type: String = "email") -> JSONValue {
      ["effect_type": .string(type), "recipient": .string("user\(index)@customer.example")]
    }
    let inputs: JSONObject = ["to": .array(Self.addresses(0..<2))]
    #expect(try Self.codes(inputs, effects: [effect(0), effect(1)]).isEmpty)
    #expect(
      try Self.codes(inputs, effects: [effect(0)]) == ["external_effects.missing_recipient"])
    #expect(
      try Self.codes(inputs, effects: [effect(0), effect(1), effect(2)])
        == ["external_effects.not_a_recipient"])
    #expect(
      try Self.codes(inputs, effects: [effect(0), effect(1), effect(1)])
        == ["external_effects.duplicate"])
    #expect(
      try Self.codes(inputs, effects: [effect(0), effect(1, "sms")]).contains(
        "external_effects.wrong_type"))
  }

  @Test func `the suggestion for missing recipients makes the document valid`() throws {
    var document = JSONValue.object(try Examples.reminder().jsonForTests)
    let place = try #require(JSONPointer("/external_effects"))
    document = document.setting(place, to: [])
    let issue = try #require(
      ProtocolValidation.issues(in: CanonicalJSON.encode(document)).first)
    document = document.setting(issue.pointer, to: try #require(issue.suggestion))
    #expect(ProtocolValidation.issues(in: CanonicalJSON.encode(document)).isEmpty)
  }

  @Test func `a task has no effects outside`() throws {
    var document = try Examples.proposal(of: .createOdooTask).jsonForTests
    document["external_effects"] = [["effect_type": "email", "recipient": "a@b.example"]]
    #expect(
      ProtocolValidation.issues(in: CanonicalJSON.encode(.object(document))).map(\.code)
        == ["external_effects.wrong_type"])
  }
}

extension Proposal {
  var jsonForTests: JSONObject { json.objectValue ?? [:] }
}

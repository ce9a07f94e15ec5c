import ActionProtocol
import Foundation
import OracleSupport
import Testing

@testable import ActionProtocol

@Suite("Schema and validator")
struct SchemaAgreementTests {
  /// 1,000 documents a seed: one in five valid, the others damaged.
  static func documents(seed: UInt64) throws -> [JSONValue] {
    var generator = ProposalGenerator(seed: seed)
    var mutator = DocumentMutator(seed: seed &+ 1)
    return try (0..<1000).map { index in
      let document = try generator.proposal().json
      return index % 5 == 0 ? document : mutator.mutated(document)
    }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seeds.all)
  func `the schema accepts exactly what the validator accepts, apart from x-invariants`(
    seed: UInt64
  ) async throws {
    let documents = try Self.documents(seed: seed)
    let task: JSONValue = ["schema": ActionSchema.proposal(), "documents": .array(documents)]
    let answers = try await Oracle.answer("protocol_schema.py", input: CanonicalJSON.encode(task))
    try #require(answers.count == documents.count)
    var accepted = 0
    for (document, answer) in zip(documents, answers) {
      let schemaAccepts = answer == true
      let issues = ProposalReader.issues(in: document, now: nil)
      let validatorAccepts = issues.allSatisfy { Invariant.covers($0.code) }
      if schemaAccepts { accepted += 1 }
      #expect(
        schemaAccepts == validatorAccepts,
        "seed \(seed): schema \(schemaAccepts), issues \(issues) in \(CanonicalJSON.text(document))"
      )
    }
    // A generator that only made rubbish, or only valid documents, would prove nothing.
    #expect(accepted > 200)
    #expect(accepted < 800)
  }

  @Test(arguments: Seeds.all)
  func `a document without issues can always be taken over`(seed: UInt64) throws {
    for document in try Self.documents(seed: seed) {
      let issues = ProposalReader.issues(in: document, now: nil)
      switch ProposalReader.read(document) {
      case .success: #expect(issues.isEmpty, "seed \(seed)")
      case .failure(let failure): #expect(failure.issues == issues, "seed \(seed)")
      }
    }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment))
  func `the schema of actions accepts what AIOM shows`() async throws {
    var generator = ProposalGenerator(seed: 5)
    let documents = try (0..<200).map { index in
      try ActionDocumentTests.document(generator.proposal(), variant: index).json
    }
    let task: JSONValue = ["schema": ActionSchema.action(), "documents": .array(documents)]
    let answers = try await Oracle.answer("protocol_schema.py", input: CanonicalJSON.encode(task))
    #expect(answers == Array(repeating: true, count: documents.count))
  }
}

@Suite("Text formats")
struct TextFormatTests {
  static func texts(for format: TextFormat) -> [String] {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "0", "9", "a", "Z", ".", "..", "/", "\\", "-", "_", ":", "+", "\n", "٣", "é", "T", "Z", " ",
      "",
    ]
    var texts = [format.example, "", "\n", format.example + "\n"]
    texts += [
      "2024-02-29", "2023-02-29", "2100-02-29", "2000-02-29", "2026-13-01", "2026-00-10",
      "2026-06-31", "0000-01-01", "9999-12-31", "24:00", "23:59", "24:01", "00:60",
      "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-31t09:00:00z",
      "2026-01-31T09:00:00.1234567891Z", "2026-01-31T09:00:00.Z", "+1234567", "+123456",
      "+1234567890123456", "partner_1:a", "partner_01:a", "partner_1:", "A/b", "a/b/c", "a//b",
    ]
    for _ in 0..<150 {
      var scalars = Array(format.example.unicodeScalars)
      let place = random.int(0...scalars.count)
      if random.chance(50), place < scalars.count { scalars.remove(at: place) }
      scalars.insert(
        contentsOf: random.pick(pieces).unicodeScalars, at: min(place, scalars.count))
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      texts.append(String(text))
    }
    return texts
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: TextFormat.allCases)
  func `the matcher and the published pattern agree`(format: TextFormat) async throws {
    let texts = Self.texts(for: format)
    let cases = texts.map { JSONValue.array([.string(format.pattern), .string($0)]) }
    let answers = try await Oracle.answer(
      "protocol_patterns.py", input: CanonicalJSON.encode(.array(cases)))
    for (text, answer) in zip(texts, answers) {
      #expect(.bool(format.accepts(text)) == answer, "\(format) \(text.debugDescription)")
    }
  }

  @Test(arguments: TextFormat.allCases)
  func `the example has the form`(format: TextFormat) {
    #expect(format.accepts(format.example))
  }
}

@Suite("Published schemas")
struct ActionSchemaTests {
  @Test(arguments: [ActionSchema.proposal(), ActionSchema.action()])
  func `patterns avoid what differs between dialects`(schema: JSONValue) {
    for place in DocumentMutator.places(of: schema) where place.steps.last == "pattern" {
      guard let pattern = schema[place]?.stringValue else { continue }
      #expect(!pattern.contains("\\d"))
      #expect(!pattern.contains("\\w"))
      #expect(!pattern.contains("$"))
    }
  }

  @Test func `every field says what it is`() {
    let schema = ActionSchema.proposal()
    for place in DocumentMutator.places(of: schema)
    where place.steps.dropLast().last == "properties" && !place.steps.contains("allOf") {
      #expect(schema[place]?.objectValue?["description"] != nil, "\(place.rawValue)")
    }
  }

  @Test func `every rule beyond the schema is listed with its codes`() throws {
    let listed = try #require(ActionSchema.proposal().objectValue?["x-invariants"]?.arrayValue)
    #expect(listed.count == Invariant.all.count)
    #expect(Invariant.covers("email.no_at"))
    #expect(Invariant.covers("json.duplicate_key"))
    #expect(!Invariant.covers("field.required"))
    #expect(!Invariant.covers("emails"))
  }

  @Test func `all references resolve`() {
    let schema = ActionSchema.action()
    for place in DocumentMutator.places(of: schema) where place.steps.last == "$ref" {
      let target = schema[place]?.stringValue.map { String($0.dropFirst()) }
      #expect(target.flatMap(JSONPointer.init).flatMap { schema[$0] } != nil)
    }
  }
}

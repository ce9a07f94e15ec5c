import NIOCore
import Testing

@testable import Odoo

/// What we send is what real servers took, and what they answered is understood, exchange by exchange.
@Suite(
  .enabled(if: Transcripts.areThere, "needs the transcripts in ../shared/reference"))
struct ContractTests {
  private static func configuration(_ transcript: Transcript) -> OdooClient.Configuration {
    let arguments = transcript.rpcArguments
    return OdooClient.Configuration(
      baseURL: "https://acme.example",
      database: arguments?[0].text ?? transcript.headers["X-Odoo-Database"],
      credentials: transcript.path.hasPrefix("/json/2")
        ? .apiKey("<API_KEY>") : .password(login: "x", arguments?[2].text ?? ""))
  }

  static let rpcCalls = Transcripts.all.filter { $0.rpcArguments != nil }
  static let json2Calls = Transcripts.all.filter { $0.json2 != nil }

  private func expectSame(_ request: WireRequest, _ transcript: Transcript) throws {
    #expect(request.method == transcript.method)
    #expect(request.path == transcript.path)
    let body = try #require(request.body)
    #expect(body.withUnsafeReadableBytes { JSONReader.read($0) } == transcript.body)
  }

  @Test func `every kind of call is among the transcripts`() {
    #expect(Self.rpcCalls.count > 300)
    #expect(Self.json2Calls.count >= 20)
    let built = Self.rpcCalls.filter { Self.built($0) != nil }
    // The others are methods of business objects and misuse that the library does not let through.
    #expect(built.count > 260, "\(built.count) of \(Self.rpcCalls.count)")
  }

  private static func built(_ transcript: Transcript) -> OdooCall? {
    guard let arguments = transcript.rpcArguments,
      let model = arguments[3].text.flatMap({ ModelName($0) }),
      let places = arguments[5].elements, !places.isEmpty, let names = arguments[6].members
    else { return nil }
    return TranscriptCall.call(
      model, arguments[4].text ?? "", places: places, names: names)
  }

  @Test(arguments: rpcCalls)
  func `our request is theirs`(transcript: Transcript) throws {
    guard let arguments = transcript.rpcArguments, let call = Self.built(transcript) else { return }
    let request = call.request(
      .jsonRPC, user: arguments[1].integer ?? 0, configuration: Self.configuration(transcript),
      id: transcript.body["id"]?.integer ?? 0, context: .none)
    try expectSame(request, transcript)
    #expect(request.headers.isEmpty)
  }

  @Test(arguments: json2Calls)
  func `our request of JSON-2 is theirs`(transcript: Transcript) throws {
    guard let (model, method) = transcript.json2, var names = transcript.body.members else {
      return
    }
    let ids = names.removeValue(forKey: "ids")?.ids
    let context = names.removeValue(forKey: "context")?.members ?? [:]
    let call = OdooCall(
      model: model, method: method, ids: ids, arguments: names.map { .named($0.key, $0.value) },
      context: OdooContext(timeZone: nil, more: context))
    let request = call.request(
      .json2, user: 2, configuration: Self.configuration(transcript), id: 1, context: .none)
    try expectSame(request, transcript)
    // One exchange shows what happens without a key.
    if transcript.headers["Authorization"] == "bearer <API_KEY>" {
      #expect(request.headers.contains { $0 == ("Authorization", "bearer <API_KEY>") })
    }
  }

  static let common = Transcripts.all.filter { transcript in
    transcript.body["params"]?["service"] == "common"
      && transcript.body["params"]?["method"] == "authenticate"
  }

  @Test(arguments: common)
  func `our login is theirs`(transcript: Transcript) async throws {
    let arguments = transcript.body["params"]?["args"]?.elements ?? []
    let client = try OdooClient(
      configuration: .init(
        baseURL: "https://acme.example", database: arguments[0].text,
        credentials: .password(login: arguments[1].text ?? "", arguments[2].text ?? "")))
    try expectSame(client.authentication(transcript.body["id"]?.integer ?? 0), transcript)
    try await client.shutdown()
  }

  @Test(arguments: Transcripts.all.filter { $0.name.hasSuffix("version_info") })
  func `our question for the version is theirs`(transcript: Transcript) throws {
    #expect(WireRequest.versionInfo.path == transcript.path)
    let version = ServerVersion(info: transcript.answer["result"]?["server_version_info"])
    #expect(version == ServerVersion(major: transcript.version))
  }

  private func read(_ transcript: Transcript) throws(Fault) -> OdooJSON {
    let wire: WireProtocol = transcript.path.hasPrefix("/json/2") ? .json2 : .jsonRPC
    let isPage = transcript.answer.text != nil
    let body =
      isPage
      ? ByteBuffer(string: transcript.answer.text ?? "") : JSONWriter.bytes(transcript.answer)
    return try AnswerReader.read(
      Answer(status: transcript.status, retryAfter: nil, body: body), wire,
      id: transcript.body["id"]?.integer, caller: transcript.rpcArguments?[1].integer)
  }

  @Test(arguments: rpcCalls + json2Calls)
  func `their answer is understood`(transcript: Transcript) throws {
    let isError = transcript.answer["error"] != nil || transcript.status != 200
    do throws(Fault) {
      let answer = try read(transcript)
      #expect(!isError)
      try understand(answer, transcript)
    } catch {
      #expect(isError)
      #expect(![.answerUnexpected, .answerUnreadable].contains(error.kind))
      let data = transcript.answer["error"]?["data"] ?? transcript.answer
      if let message = data["message"]?.text {
        #expect(error.message == message)
        #expect(error.nothingWasDone)
      }
      #expect(error.detail != nil || transcript.answer.text != nil)
    }
  }

  private func understand(_ answer: OdooJSON, _ transcript: Transcript) throws(Fault) {
    let method = transcript.rpcArguments?[4].text ?? transcript.json2?.method
    switch method {
    case "create": #expect(answer.id != nil || answer.ids != nil)
    case "write", "unlink": #expect(answer == true)
    case "search_count": #expect(answer.integer != nil)
    case "message_post", "activity_schedule": #expect(AnsweredIDs.one(answer) != nil)
    case "load": #expect(answer["ids"]?.ids != nil || answer["ids"] == false)
    case "read", "search_read": expectRecords(answer, transcript)
    case "fields_get" where transcript.rpcArguments?[6]["attributes"] != ["required"]:
      #expect(FieldSet(answer) != nil)
    default: break
    }
  }

  /// By the fields that the same server described, where it did.
  private func expectRecords(_ answer: OdooJSON, _ transcript: Transcript) {
    guard let arguments = transcript.rpcArguments, let model = arguments[3].text,
      let name = ModelName(model), let set = Transcripts.fields(model, transcript.version),
      arguments[6]["load"] == nil, let first = answer.elements?.first?.members
    else { return }
    let fields = first.keys.compactMap { FieldName($0) }.filter { set[$0] != nil }
    // Currencies that were not asked for are not there.
    let known = fields.filter { set[$0]?.currencyField.map { first[$0.text] != nil } ?? true }
    do throws(RecordDecoder.Mismatch) {
      let decoder = try RecordDecoder(name, known, set, readsArchive: false)
      let records = try decoder.records(answer)
      #expect(records.count == answer.elements?.count)
      for field in known where set[field]?.kind == .monetary {
        #expect(records.allSatisfy { $0.money(field)?.currency != nil })
      }
    } catch {
      Issue.record("\(transcript.testDescription): \(error.where_)")
    }
  }

  /// The kinds that decide what happens next, at the exchanges that the reference names.
  @Test(arguments: [
    ("err_execute_bad_password", OdooError.Kind.credentialsRefused),
    ("err_execute_unknown_model", .modelUnknown), ("err_execute_unknown_method", .methodUnknown),
    ("err_read_unknown_field", .fieldUnknown), ("err_write_unknown_field", .fieldUnknown),
    ("err_write_deleted", .recordMissing), ("err_write_mixed_missing", .recordMissing),
    ("err_note_missing_record", .recordMissing), ("err_bad_selection", .valueInvalid),
    ("err_type_string_for_m2o", .valueInvalid), ("err_unlink_posted", .refused),
    ("err_access_read_invoice", .accessDenied), ("err_uid_unknown", .credentialsRefused),
    ("json2_err_bad_key", .credentialsRefused), ("json2_err_unknown_model", .modelUnknown),
    ("json2_err_write_missing", .recordMissing), ("json2_err_user_error", .refused),
    ("json2_err_wrong_db_header", .notOdoo), ("json2_err_validation", .invalid),
    ("json2_err_unknown_field", .fieldUnknown), ("json2_err_private", .accessDenied),
  ])
  func `an error is of its kind on every version`(name: String, kind: OdooError.Kind) {
    let transcripts = Transcripts.all.filter { $0.name == name }
    #expect(!transcripts.isEmpty)
    for transcript in transcripts {
      do throws(Fault) {
        _ = try read(transcript)
        Issue.record("\(transcript.testDescription) is no error")
      } catch {
        #expect(error.kind == kind, "\(transcript.testDescription)")
      }
    }
  }

  @Test func `a method that answers nothing has succeeded`() throws {
    for transcript in Transcripts.all
    where ["lead_set_lost", "json2_action_none_result"]
      .contains(transcript.name)
    {
      #expect(try read(transcript) == .null)
    }
  }
}

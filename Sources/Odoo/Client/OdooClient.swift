/// A client of one Odoo server, database and user.
///
/// Guarantees:
/// - a write is repeated only where it provably did nothing: it never left this machine, or the
///   server says that it rolled back. A write without an answer throws an error whose
///   ``OdooError/retry`` is `outcomeUnknown`;
/// - after the credentials were refused no further call is made until
///   ``credentialsWereRepaired()``;
/// - redirects are not followed, answers beyond the limit are refused while they arrive, and an answer
///   of another type than promised is an error, never a record;
/// - one log line, one counter and one timer per call hold model, method, code, duration and sizes,
///   and neither key, login, address nor a word of a record.
///
/// Version, interface and user are found out with the first call, fields of a model when they are
/// first needed. The client owns its HTTP client: call `shutdown()` once before letting go of it.
public struct OdooClient: Sendable {
  let configuration: Configuration
  let transport: Transport
  let observer: CallObserver
  let lock = CredentialLock()
  let numbers = CallNumbers()
  let discoveries = SingleFlight<String, ServerFacts>()
  let fieldSets = SingleFlight<ModelName, FieldSet>()
  /// Asked before each write.
  var leave: CallLeave?

  /// Prepares a client. No connection is opened before the first call.
  ///
  /// - Throws: `ConfigurationIssue` for what can never work.
  public init(configuration: Configuration) throws(ConfigurationIssue) {
    try configuration.check()
    transport = try Transport(configuration)
    observer = CallObserver(logger: configuration.logger, factory: configuration.metrics)
    self.configuration = configuration
  }

  /// The same client, whose writes leave only with leave; reads ask nobody.
  public func leaving(by leave: CallLeave) -> OdooClient {
    var client = self
    client.leave = leave
    return client
  }

  /// Where the server is, without a slash at its end.
  public var address: String { transport.base }

  /// Closes all connections. Writes under way end with an unknown outcome.
  public func shutdown() async throws {
    try await transport.shutdown()
  }

  /// Allows calls again after the credentials were refused: the key was renewed, the user unlocked.
  public func credentialsWereRepaired() async {
    lock.open()
    await discoveries.forgetAll()
  }

  /// Forgets version and fields, so that they are found out anew: the server was upgraded, a module
  /// was installed.
  public func forgetWhatWasFoundOut() async {
    await discoveries.forgetAll()
    await fieldSets.forgetAll()
  }

  /// What was found out about server and user; makes the calls that it takes where nobody has.
  ///
  /// - Throws: `OdooError`; `credentialsRefused` after one attempt.
  public func server() async throws(OdooError) -> ServerFacts {
    try await discoveries.value("") { await found { () throws(OdooError) in try await discover() } }
  }

  /// The fields that the server has on a model and that the user may see; one call per model.
  public func fields(of model: ModelName) async throws(OdooError) -> FieldSet {
    try await fieldSets.value(model) {
      await found { () throws(OdooError) in try await askFields(model) }
    }
  }

  private func found<Value: Sendable>(
    _ find: () async throws(OdooError) -> Value
  ) async -> Result<Value, OdooError> {
    do throws(OdooError) {
      return .success(try await find())
    } catch {
      return .failure(error)
    }
  }

  private func askFields(_ model: ModelName) async throws(OdooError) -> FieldSet {
    let call = OdooCall.fieldsGet(model, names: nil, attributes: ModelField.attributes)
    guard let set = FieldSet(try await perform(call)) else { throw unexpected(call) }
    return set
  }
}

extension OdooClient: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "OdooClient" }
  /// Without children: it holds the credentials.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

import ActionProtocol
import Decisions
import Engine

/// What the clients of the benchmark post: the events of a provider about messages, shuffled, some
/// of them twice, half of them as JSON and half as forms.
struct WebhookLoad: Sendable {
  /// Whole HTTP requests.
  let requests: [[UInt8]]
  /// The ids of all different events.
  let eventIDs: Set<String>
  let actions: Set<ActionID>

  var events: Int { eventIDs.count }

  /// One in so many posts is a repetition.
  private static let repetition = 10
  private static let kinds = ["processed", "delivered", "open", "click"]

  init(
    _ sent: [AttemptRecord], org: OrgID, webhook: NewWebhook, posts: Int, seed: UInt64
  ) {
    var generator = WebhookOrder(seed: seed)
    let head =
      "POST /hooks/smtp2go/\(webhook.pathToken) HTTP/1.1\r\nHost: localhost\r\n"
      + "Authorization: \(webhook.authorization)\r\n"
    var ids: Set<String> = []
    var all: [[UInt8]] = []
    for number in 0..<(posts - posts / Self.repetition) {
      let id = String(Digest.sha256(Array("\(seed).\(number)".utf8)).hex.prefix(32))
      ids.insert(id)
      let attempt = sent[number % sent.count]
      let fields = Self.fields(number, id: id, attempt, org: org)
      all.append(Array((head + Self.body(fields, asForm: number % 2 == 1)).utf8))
    }
    for _ in 0..<(posts / Self.repetition) {
      all.append(all[Int.random(in: all.indices, using: &generator)])
    }
    all.shuffle(using: &generator)
    requests = all
    eventIDs = ids
    actions = Set(sent.map(\.intent.operation.action))
  }

  private static func fields(
    _ number: Int, id: String, _ attempt: AttemptRecord, org: OrgID
  ) -> [(String, String)] {
    let minute = String(1000 + number / 60 % 60).suffix(2)
    let second = String(1000 + number % 60).suffix(2)
    return [
      ("event", kinds[number / 7 % kinds.count]), ("id", id),
      ("email_id", attempt.providerID ?? ""), ("time", "2026-02-07T18:\(minute):\(second)Z"),
      ("sendtime", "2026-02-07T18:00:00.215451+00:00"), ("sender", "billing@bench.example"),
      ("rcpt", "billing@customer.example"), ("srchost", "203.0.113.9"),
      ("host", "mx.customer.example [192.0.2.7]"), ("message", "250 2.0.0 Ok queued"),
      ("context", "Unavailable"), ("subject", "Payment reminder"),
      ("message-id", "<E1vomg2-\(id.prefix(8))@message-id.example>"),
      ("X-AIOM-Operation", "\(attempt.intent.operation.rawValue)@\(mark(org))"),
    ]
  }

  /// Tells the orgs of one account at the provider apart; as the messages carried it.
  private static func mark(_ org: OrgID) -> Substring {
    Digest.sha256(Array(org.rawValue.utf8)).hex.prefix(16)
  }

  private static func body(_ fields: [(String, String)], asForm: Bool) -> String {
    let type = asForm ? "application/x-www-form-urlencoded" : "application/json"
    let text: String
    if asForm {
      text = fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    } else {
      var object = JSONObject()
      for (name, value) in fields { object[name] = .string(value) }
      text = String(decoding: CanonicalJSON.encode(.object(object)), as: UTF8.self)
    }
    return "Content-Type: \(type)\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if byte < 0x80, isPlain { return String(scalar) }
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" + hex : hex)
    }.joined()
  }
}

/// The same order for the same seed.
struct WebhookOrder: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

import ActionProtocol
import Decisions

/// The API described for programs (OpenAPI 3.1), from the route table and what stands here of each
/// operation.
enum OpenAPI {
  /// What the route table does not say of an operation.
  struct Operation: Sendable {
    let summary: String
    /// Values behind the path's question mark, with their schemas; none has to be given.
    var query: [(String, JSONValue)] = []
    /// The whole body's schema, where it is not an object of members.
    var body: JSONValue?
    /// Members of the body with their schemas; those of `needed` are required.
    var members: [(String, JSONValue)] = []
    var needed: [String] = []
    /// What is answered, as a schema.
    let answer: JSONValue
    var mediaType = "application/json"
    var status = 200
  }

  /// Made once: it is the same for everybody.
  static let document: JSONValue = [
    "openapi": "3.1.0",
    "info": [
      "title": "AIOM", "version": "1",
      "description": """
      The API of the private listener. Every refusal is a problem (RFC 9457) with a stable code and a \
      remedy. An agent's token opens nothing that decides, whatever the route.
      """,
    ],
    "servers": [["url": "/"]],
    "security": [["bearer": []], ["session": []]],
    "paths": .object(paths()),
    "components": [
      "securitySchemes": [
        "bearer": [
          "type": "http", "scheme": "bearer",
          "description": "A token of `aiom token create`, or of POST /api/v1/tokens.",
        ],
        "session": [
          "type": "apiKey", "in": "cookie", "name": "__Host-aiom",
          "description": """
          Set by POST /api/v1/session. What changes something also needs the form_token of \
          GET /api/v1/me in X-CSRF-Token, and has to come from a page of this server. Over plain http \
          on this machine its name is aiom_local.
          """,
        ],
      ],
      "schemas": ["Problem": problem],
    ],
  ]

  private static func paths() -> JSONObject {
    var paths = JSONObject()
    for route in RouteTable.all where route.template.text.hasPrefix("/api/") {
      var path = paths[route.template.text]?.objectValue ?? JSONObject()
      path[route.method.lowercased()] = operation(route)
      paths[route.template.text] = .object(path)
    }
    return paths
  }

  private static func operation(_ route: Route) -> JSONValue {
    guard let known = operations["\(route.method) \(route.template.text)"] else { return .null }
    var object: JSONObject = [
      "summary": .string(known.summary), "x-aiom-role": .string(route.role.text),
      "responses": .object(responses(route, known)),
    ]
    if route.role == .public { object["security"] = [] }
    let parameters = self.parameters(route, known)
    if !parameters.isEmpty { object["parameters"] = .array(parameters) }
    if let body = known.body {
      object["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
    }
    if !known.members.isEmpty {
      var schema: JSONObject = [
        "type": "object", "additionalProperties": false,
        "properties": .object(JSONObject(known.members)),
      ]
      if !known.needed.isEmpty { schema["required"] = .array(known.needed.map { .string($0) }) }
      object["requestBody"] = [
        "required": .bool(!known.needed.isEmpty),
        "content": ["application/json": ["schema": .object(schema)]],
      ]
    }
    return .object(object)
  }

  private static func responses(_ route: Route, _ known: Operation) -> JSONObject {
    var responses: JSONObject = [
      "\(known.status)": [
        "description": "Done.", "content": [known.mediaType: ["schema": known.answer]],
      ],
      "default": [
        "description": "Why not.",
        "content": [
          "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
        ],
      ],
    ]
    if route.role != .public {
      responses["401"] = responses["default"]
      responses["403"] = responses["default"]
    }
    return responses
  }

  private static func parameters(_ route: Route, _ known: Operation) -> [JSONValue] {
    var parameters: [JSONValue] = known.query.map { name, schema in
      ["name": .string(name), "in": "query", "required": false, "schema": schema]
    }
    if let name = route.template.text.split(separator: "/").first(where: { $0.hasPrefix("{") }) {
      parameters.append([
        "name": .string(String(name.dropFirst().dropLast())), "in": "path", "required": true,
        "schema": some,
      ])
    }
    if case .right = route.role {
      parameters.append([
        "name": "AIOM-Org", "in": "header", "required": false, "schema": handle,
        "description": "The organisation; needed where the caller has rights in several.",
      ])
    }
    if route.method == "POST", route.mayBeReplayed {
      parameters.append([
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": ["type": "string", "pattern": "^[!-~]{1,200}$"],
        "description": """
        Asked again under the same key within 24 hours, the first answer comes back and nothing is \
        done twice.
        """,
      ])
    }
    return parameters
  }

  static let text: JSONValue = ["type": "string"]
  /// Not empty.
  static let some: JSONValue = ["type": "string", "minLength": 1]
  /// The id of an organisation.
  static let handle: JSONValue = ["type": "string", "pattern": "^[!-~]{1,100}$"]
  static let digest: JSONValue = ["type": "string", "pattern": "^[0-9a-f]{64}$"]
  /// Bytes in base64url without padding.
  static let bytes: JSONValue = ["type": "string", "pattern": "^[A-Za-z0-9_-]+$"]
  /// A record's number.
  static let record = whole(1...Int64.max)
  /// A member that may be left out, or be null.
  static let optionalFlag: JSONValue = ["type": ["boolean", "null"]]
  static let optionalNumber: JSONValue = ["type": ["integer", "null"]]

  static func whole(_ range: ClosedRange<Int64>) -> JSONValue {
    [
      "type": "integer", "minimum": .integer(range.lowerBound),
      "maximum": .integer(range.upperBound),
    ]
  }
  static let flag: JSONValue = ["type": "boolean"]
  static let number: JSONValue = ["type": "integer"]
  static let instant: JSONValue = ["type": ["string", "null"], "format": "date-time"]
  static let texts: JSONValue = ["type": "array", "items": ["type": "string"]]
  static let rights: JSONValue = [
    "type": "array",
    "items": [
      "type": "string", "enum": .array(Right.allCases.map { .string($0.rawValue) }),
    ],
  ]

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    ["type": "object", "properties": .object(JSONObject(members))]
  }

  static func list(_ name: String, _ members: [(String, JSONValue)]) -> JSONValue {
    object([(name, ["type": "array", "items": object(members)])])
  }

  private static let problem = object([
    ("type", text), ("title", text), ("status", number), ("detail", text), ("code", text),
    ("request_id", text),
  ])
}

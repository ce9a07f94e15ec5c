import Foundation
import Testing

@Suite struct CostCommandTests {
  private func withBinary(
    _ environment: [String: String] = [:], _ body: (Binary) async throws -> Void
  ) async throws {
    let binary = try Binary(environment)
    defer { binary.remove() }
    try await body(binary)
  }

  private func total(_ json: [String: Any], _ plan: String) throws -> [String] {
    let plans = try #require(json["plans"] as? [[String: Any]])
    let offer = try #require(plans.first { $0["plan"] as? String == plan })
    let total = try #require(offer["total"] as? [String: String])
    return [total["low"] ?? "", total["high"] ?? ""]
  }

  @Test(arguments: [
    ("350", "20", ["10.40", "12.00"]), ("1500", "100", ["12.00", "20.00"]),
  ])
  func `the user's two estimates come out right`(
    _ emails: String, _ sms: String, _ expected: [String]
  ) async throws {
    try await withBinary { binary in
      let output = try await binary.run("cost", "--emails", emails, "--sms", sms, "--json")
      #expect(output.status == 0)
      let json = try output.json()
      #expect(json["cheapest"] as? String == "Starter")
      #expect(try total(json, "Starter") == expected)
    }
  }

  @Test(arguments: [
    (["--to", "+442079460123"], 161, 2, "0.08"), (["--to", "+12125550123"], 160, 1, "0.02"),
    (["--country", "in"], 307, 3, "0.06"), ([], 1, 1, "0.02"),
  ])
  func `one SMS is estimated by its segments and where it goes`(
    _ place: [String], _ length: Int, _ segments: Int, _ low: String
  ) async throws {
    try await withBinary { binary in
      let text = String(repeating: "a", count: length)
      let output = try await binary.run(["cost", "--json", "--text", text] + place)
      let json = try output.json()
      #expect(json["segments"] as? Int == segments)
      #expect((json["cost"] as? [String: String])?["low"] == low)
    }
  }

  @Test func `the operator's table is used, and the printed one is a table`() async throws {
    try await withBinary(["AIOM_PRICES": "prices.json"]) { binary in
      try binary.write(
        #"{"elsewhere": {"low": "0.5", "high": "0.5"}, "source": "ours"}"#, to: "prices.json")
      let output = try await binary.run("cost", "--emails", "1", "--sms", "2", "--json")
      #expect(try total(try output.json(), "Starter") == ["11.00", "11.00"])
      let printed = try await binary.run("cost", "--prices", "--json")
      try binary.write(printed.text, to: "prices.json")
      let again = try await binary.run("cost", "--prices", "--json")
      #expect(again.status == 0)
      #expect(again.text == printed.text)
    }
  }

  @Test(arguments: [
    ("{", "prices.not_json"), (#"{"sms": 3}"#, "prices.invalid"),
    (#"{"elsewhere": {"low": 0.5, "high": "1"}}"#, "prices.invalid"),
  ])
  func `a table that is wrong is refused`(_ text: String, _ code: String) async throws {
    try await withBinary(["AIOM_PRICES": "prices.json"]) { binary in
      try binary.write(text, to: "prices.json")
      let output = try await binary.run("cost", "--prices", "--json")
      #expect(output.status == 3)
      #expect(try output.errorCode() == code)
    }
  }

  @Test func `a table that is not there is named`() async throws {
    try await withBinary(["AIOM_PRICES": "nowhere.json"]) { binary in
      let output = try await binary.run("cost", "--prices", "--json")
      #expect(output.status == 3)
      #expect(try output.errorCode() == "prices.unreadable")
    }
  }

  @Test func `a month without messages costs nothing, and the free plan fits`() async throws {
    try await withBinary { binary in
      let done = try await binary.run(
        "init", "--org", "acme", "--name", "Acme Corp", "--country", "US")
      #expect(done.status == 0)
      let output = try await binary.run("cost", "--month", "2020-02", "--json")
      #expect(output.status == 0)
      let json = try output.json()
      #expect(json["month"] as? String == "2020-02")
      #expect(json["is_over"] as? Bool == true)
      #expect((json["projected"] as? [String: Any])?["cheapest"] as? String == "Free")
      #expect(json["provider"] == nil)
      let wrong = try await binary.run("cost", "--month", "2020-13", "--json")
      #expect(wrong.status == 2)
    }
  }
}

import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct CountryZonesTests {
  private static let machine = "/usr/share/zoneinfo/zone.tab"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: machine), "needs tzdata's zone.tab"))
  func `the table is that of this machine's tzdata`() throws {
    var theirs: [String: Set<String>] = [:]
    for line in try String(contentsOfFile: Self.machine, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      theirs[String(fields[0]), default: []].insert(String(fields[2]))
    }
    #expect(CountryZones.countries == theirs.keys.sorted(), "run scripts/country-zones")
    for (country, names) in theirs {
      let ours = Set(CountryZones.names(of: country))
      #expect(ours == names, "\(country): run scripts/country-zones")
    }
  }

  @Test func `every country has zones that this machine knows`() {
    #expect(CountryZones.countries.count == 247)
    for country in CountryZones.countries {
      for name in CountryZones.names(of: country) {
        #expect(TimeZone(identifier: name) != nil, "\(country) \(name)")
      }
    }
  }

  @Test func `zones that count as one clock agree each day for ten years`() throws {
    let first = try at("2024-01-01T00:00:00Z")
    let days = (0..<3650).map { first.plus(minutes: Int64($0) * 1440 + Int64($0 % 24) * 60) }
      .map { Date(timeIntervalSince1970: Double($0.milliseconds / 1000)) }
    for country in CountryZones.countries where CountryZones.names(of: country).count > 1 {
      let clocks = CountryZones.clocks(of: country).map { zone in
        days.map { zone.secondsFromGMT(for: $0) }
      }
      #expect(Set(clocks).count == clocks.count, "\(country) has a clock twice")
      for name in CountryZones.names(of: country) {
        let zone = try zone(name)
        #expect(clocks.contains(days.map { zone.secondsFromGMT(for: $0) }), "\(name)")
      }
    }
  }

  @Test func `the United States have eight clocks, Germany one, nobody's islands none`() {
    let states = CountryZones.clocks(of: "us").map(\.identifier)
    #expect(
      states == [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
        "America/Los_Angeles", "America/Anchorage", "America/Adak", "Pacific/Honolulu",
      ])
    #expect(CountryZones.clocks(of: "DE").map(\.identifier) == ["Europe/Berlin"])
    #expect(CountryZones.names(of: "BV").isEmpty && CountryZones.names(of: "XX").isEmpty)
  }

  @Test func `a zone tells its country where it has only one`() {
    #expect(CountryZones.country(of: "Asia/Tokyo") == "JP")
    #expect(CountryZones.country(of: "America/Chicago") == "US")
    #expect(CountryZones.country(of: "US/Central") == nil)
  }
}

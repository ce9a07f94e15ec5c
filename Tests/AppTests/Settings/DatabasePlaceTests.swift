import Testing

@testable import App

@Suite struct DatabasePlaceTests {
  private static let url = "postgresql://ann:s3cret-word@db.example:5433/books"

  private func settings(
    _ environment: [String: String], flags: [SettingKey: (name: String, value: String)] = [:]
  ) throws -> Settings {
    let reader = try SettingsReader(
      flags: flags, environment: environment, directory: "/here", readFile: { _ in nil })
    return try Settings(reader.resolve(), directory: "/here", environment: environment)
  }

  @Test func `a file is the default, and what is shown of it is its path`() throws {
    let settings = try settings(["AIOM_HOME": "/there"])
    #expect(settings.place == .file("/there/aiom.sqlite"))
    #expect(settings.database == "/there/aiom.sqlite")
  }

  @Test func `a file on the command line wins over everything`() throws {
    let settings = try settings(
      ["DATABASE_URL": Self.url, "AIOM_DB": "/a"], flags: [.database: ("--db", "b.sqlite")])
    #expect(settings.place == .file("/here/b.sqlite"))
  }

  @Test(arguments: ["mysql://host/db?s3cret-word", "s3cret-word", "postgresql://%zz:s3cret-word@h"])
  func `what is no PostgreSQL is refused by name and not repeated`(_ value: String) {
    let failure = #expect(throws: Failure.self) { try settings(["DATABASE_URL": value]) }
    #expect(failure?.message.contains("DATABASE_URL") == true)
    #expect(failure?.message.contains("s3cret-word") == false)
    #expect(failure?.remedy.contains("s3cret-word") == false)
  }

  #if POSTGRES
    @Test func `a server wins over a file of the environment, and shows no password`() throws {
      let settings = try settings(["DATABASE_URL": Self.url, "AIOM_DB": "/a"])
      #expect(settings.place == .server(url: Self.url))
      #expect(settings.database == "postgresql://db.example:5433/books")
      let shown = settings.rows.map(\.shown).joined()
      #expect(!shown.contains("s3cret-word"))
    }
  #else
    @Test func `without PostgreSQL a server is refused with the reason`() {
      let failure = #expect(throws: Failure.self) { try settings(["DATABASE_URL": Self.url]) }
      #expect(failure?.message.contains("built without it") == true)
    }
  #endif
}

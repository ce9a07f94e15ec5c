import Engine
import Testing
import TestSupport

@Suite struct ConformanceTests {
  @Test(arguments: StoreConformance.all)
  func `SQLite does what every store must`(_ conformance: StoreConformance) async throws {
    let folder = try TestFolder()
    try await conformance.run { try await folder.store() }
  }
}

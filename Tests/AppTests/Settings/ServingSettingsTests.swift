import Testing
import Web

@testable import App

@Suite struct ServingSettingsTests {
  private func settings(_ environment: [String: String] = [:]) throws -> Settings {
    let rows = try SettingsReader(
      environment: environment, directory: "/here", readFile: { _ in nil }
    ).resolve()
    return try Settings(rows, directory: "/here", environment: environment)
  }

  @Test func `without anything given both listeners stay on this machine, and nobody is believed`()
    throws
  {
    let serving = try settings().serving
    #expect(serving.listen == .at(.privateDefault))
    #expect(serving.publicListen == .at(.publicDefault))
    #expect(ListenAddress.privateDefault.description == "127.0.0.1:8080")
    #expect(ListenAddress.publicDefault.description == "127.0.0.1:8081")
    #expect(ListenAddress.publicDefault.isLoopback)
    #expect(serving.proxies.isEmpty)
    #expect(serving.tls == nil)
    #expect(serving.publicURL == nil)
  }

  @Test(arguments: [
    (SettingKey.listen, "8080"), (.listen, "example.com:80"), (.publicListen, "127.0.0.1:70000"),
    (.publicListen, "OFF"), (.behindProxy, "proxy.example"), (.behindProxy, "10.0.0.0/8,any"),
    (.publicURL, "http://aiom.example.com"), (.publicURL, "aiom.example.com"),
    (.publicURL, "https://aiom.example.com/?a=b"), (.publicURL, "https://u:p@aiom.example.com"),
  ])
  func `a wrong value stops the start and names its key`(
    _ key: SettingKey, _ value: String
  ) throws {
    let failure = #expect(throws: Failure.self) { try settings([key.rawValue: value]) }
    #expect(failure?.status == .notConfigured)
    #expect(failure?.code == "settings.invalid")
    #expect(failure?.message.contains(key.rawValue) == true)
  }

  @Test(arguments: [SettingKey.tlsCertificate, .tlsKey])
  func `a certificate without its key, or the reverse, is refused`(_ key: SettingKey) throws {
    let failure = #expect(throws: Failure.self) { try settings([key.rawValue: "file.pem"]) }
    #expect(failure?.code == "settings.tls_incomplete")
  }

  @Test func `paths of a certificate begin at the working directory`() throws {
    let tls = try settings(
      ["AIOM_TLS_CERTIFICATE": "chain.pem", "AIOM_TLS_KEY": "/keys/key.pem"]
    ).serving.tls
    #expect(tls?.certificate == "/here/chain.pem")
    #expect(tls?.key == "/keys/key.pem")
  }

  @Test(arguments: [
    ("https://aiom.example.com", "https://aiom.example.com"),
    ("https://aiom.example.com//", "https://aiom.example.com"),
    ("https://example.com/aiom/", "https://example.com/aiom"),
    ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
  ])
  func `the public address is kept without a slash at its end`(
    _ given: String, _ kept: String
  ) throws {
    #expect(try settings(["AIOM_PUBLIC_URL": given]).serving.publicURL == kept)
  }

  @Test func `a listener can be left out`() throws {
    let serving = try settings(["AIOM_LISTEN": "off", "AIOM_PUBLIC_LISTEN": "[::1]:0"]).serving
    #expect(serving.listen == .off)
    #expect(serving.publicListen == ListenAddress("[::1]:0").map(ListenSetting.at))
  }
}

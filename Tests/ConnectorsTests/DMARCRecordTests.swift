import Connectors
import Testing

@Suite struct DMARCRecordTests {
  @Test(arguments: [
    ("v=DMARC1; p=none", "none - 100 r r"),
    ("v=DMARC1;p=quarantine;pct=20", "quarantine - 20 r r"),
    ("v=DMARC1; p=reject; sp=none; adkim=s; aspf=s; rua=mailto:a@b.example", "reject none 100 s s"),
    ("v=DMARC1; P=REJECT; SP=Quarantine; ASPF=S; PCT=0", "reject quarantine 0 r s"),
    ("  v = DMARC1 ;\tp = none ; ", "none - 100 r r"),
    ("v=DMARC1; p=none; pct=101", "none - 100 r r"),
    ("v=DMARC1; p=none; pct=-1; ruf=x; future=1; ;;", "none - 100 r r"),
    ("v=DMARC1; p=none; p=reject", "none - 100 r r"),
    ("v=DMARC1; rua=mailto:reports@acme.example", "none - 100 r r"),
    ("v=DMARC1; p=blocked; rua=https://x.example, mailto:a@b.example!10m", "none - 100 r r"),
    ("v=DMARC1; p=reject; sp=never; rua=mailto:a@b.example", "none - 100 r r"),
    ("v=DMARC1; fo=1; p=reject", "reject - 100 r r"),
  ])
  func `a record is read as RFC 7489 has it`(_ text: String, _ expected: String) throws {
    let record = try DMARCRecord(text)
    #expect(
      [
        record.policy.rawValue, record.subdomains?.rawValue ?? "-", "\(record.percent)",
        record.dkim.rawValue, record.spf.rawValue,
      ].joined(separator: " ") == expected)
  }

  @Test(arguments: [
    "", ";", "v=spf1 -all", "p=none; v=DMARC1", "v=DMARC2; p=none", "v=dmarc1; p=none",
    "V DMARC1; p=none", "vDMARC1", "\u{0}\u{FFFD}garbage",
    "google-site-verification=v=DMARC1; p=none",
    "v=DMARC1.0; p=none", "=DMARC1; p=none",
  ])
  func `what does not begin with the version is another record`(_ text: String) {
    #expect(throws: DMARCRecord.Fault.foreign) { try DMARCRecord(text) }
  }

  @Test(arguments: [
    "v=DMARC1", "v=DMARC1;", "v=DMARC1; p=", "v=DMARC1; p=nothing", "v=DMARC1; p",
    "v=DMARC1; sp=reject", "v=DMARC1; rua=reports@acme.example", "v=DMARC1; p=reject; sp=never",
  ])
  func `a record without a policy is none`(_ text: String) {
    #expect(throws: DMARCRecord.Fault.noPolicy) { try DMARCRecord(text) }
  }

  @Test func `a registry says so`() throws {
    #expect(try DMARCRecord("v=DMARC1; p=none; psd=Y").isRegistry == true)
    #expect(try DMARCRecord("v=DMARC1; p=none; psd=n").isRegistry == false)
    #expect(try DMARCRecord("v=DMARC1; p=none; psd=u").isRegistry == nil)
  }
}

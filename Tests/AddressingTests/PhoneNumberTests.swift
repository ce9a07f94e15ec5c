import Testing

@testable import Addressing

@Suite struct PhoneNumberTests {
  @Test(
    arguments: [
      ("+442079460958", "44", "GB"), ("+15551234567", "1", "US"), ("+14165550123", "1", "CA"),
      ("+18765550123", "1", "JM"), ("+18005550123", "1", nil), ("+390612345678", "39", "IT"),
      ("+4915112345678", "49", "DE"), ("+3531234567", "353", "IE"), ("+80012345678", "800", nil),
      ("+2901234", "290", "SH"), ("+123456789012345", nil, nil),
    ] as [(String, String?, String?)])
  func `an E164 number names its country`(text: String, code: String?, country: String?) {
    let number = try? PhoneNumber(e164: text)
    #expect(number?.countryCode == code)
    #expect(number?.country == country)
    if number != nil { #expect(number?.e164 == text) }
  }

  @Test(arguments: [
    ("", "phone.empty"), ("442079460958", "phone.format"), ("+44 2079460958", "phone.format"),
    ("+", "phone.format"), ("+4420794609a8", "phone.format"), ("+0123456789", "phone.calling_code"),
    ("+2101234567", "phone.calling_code"), ("+4402079460958", "phone.plan"),
    ("+35312", "phone.too_short"), ("+3531234567890123", "phone.too_long"),
    ("+11115550123", "phone.plan"), ("+1411555012", "phone.too_short"),
    ("+14115550123", "phone.plan"), ("+4411555012345", "phone.too_long"),
  ])
  func `the canonical form is strict`(text: String, code: String) {
    do throws(AddressingIssue) {
      _ = try PhoneNumber(e164: text)
      Issue.record("accepted")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test(
    arguments: [
      ("020 7946 0958", "GB", "+442079460958"), ("(020) 7946-0958", "uk", "+442079460958"),
      ("+44 (0)20 7946 0958", nil, "+442079460958"), ("0044 20 7946 0958", "DE", "+442079460958"),
      ("07400 123456", "GB", "+447400123456"), ("01534 456789", "JE", "+441534456789"),
      ("(555) 123-4567", "US", "+15551234567"), ("1-416-555-0123", "CA", "+14165550123"),
      ("011 44 20 7946 0958", "US", "+442079460958"), ("030/123456", "DE", "+4930123456"),
      ("0151 12345678", "DE", "+4915112345678"), ("01 23 45 67 89", "FR", "+33123456789"),
      ("06.12.34.56.78", "FR", "+33612345678"), ("612 34 56 78", "ES", "+34612345678"),
      ("06 1234 5678", "IT", "+390612345678"), ("312 345 6789", "IT", "+393123456789"),
      ("06-12345678", "NL", "+31612345678"), ("020 123 4567", "NL", "+31201234567"),
      ("08-123 456 78", "SE", "+46812345678"), ("070-123 45 67", "SE", "+46701234567"),
      ("(02) 9123 4567", "AU", "+61291234567"), ("0412 345 678", "AU", "+61412345678"),
      ("0011 1 555 123 4567", "AU", "+15551234567"), ("09 123 4567", "NZ", "+6491234567"),
      ("021 123 4567", "NZ", "+64211234567"), ("011 123 4567", "ZA", "+27111234567"),
      ("082 123 4567", "ZA", "+27821234567"), ("098765 43210", "IN", "+919876543210"),
      ("91 98765 43210", "IN", "+919876543210"), ("+٤٤٢٠٧٩٤٦٠٩٥٨", nil, "+442079460958"),
      ("+353 1 234 5678", "US", "+35312345678"), ("+353 (0)1 234 5678", nil, "+35312345678"),
      ("01 234 5678", "IE", "+35312345678"), ("06 30 123 4567", "HU", "+36301234567"),
      ("8 (916) 123-45-67", "RU", "+79161234567"), ("8 10 44 20 7946 0958", "RU", "+442079460958"),
      ("8 029 123-45-67", "BY", nil), ("8 29 123-45-67", "BY", "+375291234567"),
      ("tel:+44-20-7946-0958", nil, "+442079460958"), ("（020）7946－0958", "GB", "+442079460958"),
      ("4930123456", "DE", "+4930123456"), ("0549 886377", "SM", "+3780549886377"),
    ] as [(String, String?, String?)])
  func `what people write becomes E164`(text: String, country: String?, e164: String?) {
    #expect((try? PhoneNumber(text, country: country))?.e164 == e164)
  }

  @Test(
    arguments: [
      ("020 7946 0958", nil, "phone.country_needed"),
      ("01 234 5678", "XX", "phone.country_unknown"),
      ("1-800-FLOWERS", "US", "phone.letter"), ("020 7946 0958 x12", "GB", "phone.letter"),
      ("020 7946 0958; 020 7946 0959", "GB", "phone.character"), ("911", "US", "phone.too_short"),
      ("+44 20 7946 0958 #2", nil, "phone.character"), ("  ", "GB", "phone.empty"),
      ("12 34 56 78", "FR", "phone.too_short"), ("4+4207946095", "GB", "phone.character"),
      ("０２０７９４６０９５８", nil, "phone.country_needed"), ("٠٢٠ب", "GB", "phone.letter"),
    ] as [(String, String?, String)])
  func `what is no phone number is refused`(text: String, country: String?, code: String) {
    do throws(AddressingIssue) {
      _ = try PhoneNumber(text, country: country)
      Issue.record("accepted")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test(arguments: Seed.some)
  func `parsing the canonical form gives an equal number`(seed: UInt64) throws {
    var random = Seed(seed)
    for _ in 0..<500 {
      let text = "+" + random.text(from: "0123456789", 6...16)
      guard let number = try? PhoneNumber(text, country: nil) else { continue }
      #expect(try PhoneNumber(e164: number.e164) == number, "seed \(seed)")
      #expect(number.e164 == "+\(number.countryCode)\(number.nationalNumber)", "seed \(seed)")
    }
  }

  @Test func `nothing that prints a number shows it`() throws {
    let number = try PhoneNumber(e164: "+442079460958")
    #expect(!"\(number) \(String(reflecting: number))".contains("2079"))
  }
}

extension DemoCompany {
  static let customers = american + european

  private static let american: [DemoCustomer] = [
    // The user's own example. It has to stay the first: its invoice is INV-2024-001.
    DemoCustomer(
      "Acme Corp", "billing@acmecorp.com", newYork, phone: "+12025550101",
      [DemoInvoice(500_000, due: -60)]),
    DemoCustomer(
      "Bluewater Fixtures Inc", "accounts@bluewater.example", newYork,
      [DemoInvoice(128_450, due: -12), DemoInvoice(96_000, due: 14)]),
    DemoCustomer(
      "Cobalt Ridge Mining LLC", "ap@cobaltridge.example", denver,
      [DemoInvoice(1_845_000, due: -104), DemoInvoice(922_500, due: -73)]),
    DemoCustomer(
      "Dunmore & Pike Architects", "office@dunmorepike.example", newYork,
      [DemoInvoice(274_000, due: -33).paying(100_000, daysAgo: 20)]),
    DemoCustomer(
      "Evergreen School District 12", "purchasing@evergreen12.example", losAngeles,
      contact: DemoContact(name: "Marisol Vance", email: "m.vance@evergreen12.example"),
      [DemoInvoice(612_000, due: -21), DemoInvoice(418_750, due: 9)]),
    DemoCustomer(
      "Foxglove Botanicals", "hello@foxglove.example", losAngeles,
      [DemoInvoice(58_320, due: -3)]),
    DemoCustomer(
      "Granite State Logistics", "payables@granitestate.example", newYork,
      phone: "+12025550117", [DemoInvoice(347_600, due: -47), DemoInvoice(351_200, due: -17)]),
    DemoCustomer(
      "Harbor Light Hotels", "finance@harborlight.example", newYork,
      [DemoInvoice(784_900, due: -38).disputing(daysAgo: 25)]),
    DemoCustomer(
      "Ironbark Fabrication", "books@ironbark.example", denver,
      [DemoInvoice(219_980, due: -66).paying(219_980, daysAgo: 4)]),
    DemoCustomer(
      "Juniper Creek Dental", "frontdesk@junipercreek.example", denver,
      [DemoInvoice(44_500, due: -91)]),
    DemoCustomer(
      "Keystone Print Works", "ar-team@keystoneprint.example", newYork,
      [DemoInvoice(132_000, due: 21), DemoInvoice(132_000, due: -9)]),
    // No address anywhere: its reminder becomes a task for a person.
    DemoCustomer(
      "Lone Pine Hardware", nil, denver, phone: "+12025550133",
      [DemoInvoice(87_615, due: -42)]),
    DemoCustomer(
      "Meridian Freight Partners", "invoices@meridianfreight.example", losAngeles,
      [DemoInvoice(1_260_000, due: -58).crediting(60_000, daysAgo: 40)]),
    // Asked never to be written to.
    DemoCustomer(
      "Northgate Wellness Studio", "owner@northgate.example", newYork, isBlacklisted: true,
      [DemoInvoice(36_900, due: -29)]),
    DemoCustomer(
      "Oakline Furniture Co", "ap@oakline.example", newYork,
      [DemoInvoice(503_300, due: -1), DemoInvoice(498_700, due: 29)]),
    DemoCustomer(
      "Pelican Bay Charters", "captain@pelicanbay.example", losAngeles,
      [DemoInvoice(71_250, due: -15)]),
    DemoCustomer(
      "Quarry Road Brewing", "taproom@quarryroad.example", denver,
      [
        DemoInvoice(68_400, due: -31), DemoInvoice(68_400, due: -2),
        DemoInvoice(64_800, due: -62).paying(64_800, daysAgo: 58),
      ]),
    DemoCustomer(
      "Redwood Data Services", "ap@redwooddata.example", losAngeles,
      [DemoInvoice(2_400_000, due: 6), DemoInvoice(2_400_000, due: -25)]),
    DemoCustomer(
      "Silverline Clinics", "accounts.payable@silverline.example", newYork,
      contact: DemoContact(name: "Theo Armitage", email: "t.armitage@silverline.example"),
      [DemoInvoice(915_400, due: -88), DemoInvoice(457_700, due: -57)]),
    DemoCustomer(
      "Tamarack Outfitters", "orders@tamarack.example", denver,
      [DemoInvoice(153_075, due: 0)]),
  ]

  private static let european: [DemoCustomer] = [
    DemoCustomer(
      "Ashdown Veterinary Group", "accounts@ashdownvets.example", london,
      phone: "+441632960111", [DemoInvoice(186_000, due: -34)]),
    DemoCustomer(
      "Brambling & Sons Roofing", "office@brambling.example", london,
      [DemoInvoice(94_320, due: -7), DemoInvoice(118_800, due: 23)]),
    DemoCustomer(
      "Calder Valley Foods", "ledger@caldervalley.example", london,
      [DemoInvoice(642_000, due: -95).paying(200_000, daysAgo: 60).paying(142_000, daysAgo: 18)]),
    // The demo closes this one's business hours: see `quietCustomer`.
    DemoCustomer(
      "Night Owl Trading Ltd", "accounts@nightowl.example", london,
      [DemoInvoice(275_500, due: -45)]),
    DemoCustomer(
      "Pennine Climbing Centre", "desk@pennineclimb.example", london,
      [DemoInvoice(52_200, due: -18)]),
    DemoCustomer(
      "Thistle & Reed Publishing", "royalties@thistlereed.example", london,
      [DemoInvoice(210_000, due: 12)]),
    DemoCustomer(
      "Adler Maschinenbau GmbH", "buchhaltung@adler-maschinenbau.example", berlin,
      contact: DemoContact(name: "Ines Kolb", email: "i.kolb@adler-maschinenbau.example"),
      [DemoInvoice(1_190_000, due: -39), DemoInvoice(595_000, due: -8)]),
    DemoCustomer(
      "Birkenhof Naturkost", "kontor@birkenhof.example", berlin,
      [DemoInvoice(76_440, due: -64)]),
    DemoCustomer(
      "Delfin Schwimmschule", "info@delfin-schwimmt.example", berlin,
      [DemoInvoice(31_535, due: -120)]),
    DemoCustomer(
      "Falkenberg Optik AG", "kreditoren@falkenberg.example", berlin,
      [
        DemoInvoice(428_400, due: 17),
        DemoInvoice(428_400, due: -13).paying(428_400, daysAgo: 15),
      ]),
    DemoCustomer(
      "Holzmanufaktur Seewald", "werkstatt@seewald.example", berlin,
      [
        DemoInvoice(249_900, due: -52).crediting(24_990, daysAgo: 30)
          .paying(100_000, daysAgo: 10)
      ]),
    DemoCustomer(
      "Kupferkessel Gastronomie", "rechnung@kupferkessel.example", berlin,
      [DemoInvoice(59_381, due: -26).disputing(daysAgo: 12)]),
    DemoCustomer(
      "Atelier Chardon", "compta@atelierchardon.example", paris,
      [DemoInvoice(144_000, due: -41)]),
    DemoCustomer(
      "Boulangerie du Canal", "bonjour@ducanal.example", paris,
      [DemoInvoice(27_960, due: -5), DemoInvoice(27_960, due: 25)]),
    DemoCustomer(
      "Laboratoires Miravel", "fournisseurs@miravel.example", paris,
      [DemoInvoice(836_400, due: -77)]),
    DemoCustomer(
      "Transports Roussel", "factures@roussel.example", paris,
      [DemoInvoice(318_000, due: -23), DemoInvoice(318_000, due: -53)]),
    DemoCustomer(
      "De Waterlinie BV", "crediteuren@waterlinie.example", amsterdam,
      [DemoInvoice(205_700, due: -10)]),
    DemoCustomer(
      "Tulp & Terp Tuinen", "kantoor@tulpterp.example", amsterdam,
      [DemoInvoice(88_330, due: -36), DemoInvoice(90_750, due: 4)]),
    DemoCustomer(
      "Ceramica Bellariva", "amministrazione@bellariva.example", rome,
      [DemoInvoice(463_600, due: -69)]),
    DemoCustomer(
      "Vivero Los Olmos", "administracion@losolmos.example", madrid,
      [
        DemoInvoice(121_000, due: -16),
        DemoInvoice(60_500, due: -48).crediting(60_500, daysAgo: 44),
      ]),
    DemoCustomer(
      "Kestrel Harbour Marine", "office@kestrelharbour.example", dublin,
      [DemoInvoice(1_537_500, due: -110), DemoInvoice(412_050, due: 19)]),
  ]

  private static let newYork = DemoPlace("US", "America/New_York", "en", "USD")
  private static let denver = DemoPlace("US", "America/Denver", "en", "USD")
  private static let losAngeles = DemoPlace("US", "America/Los_Angeles", "en", "USD")
  private static let london = DemoPlace("GB", "Europe/London", "en", "GBP")
  private static let dublin = DemoPlace("IE", "Europe/Dublin", "en", "EUR")
  private static let berlin = DemoPlace("DE", "Europe/Berlin", "de", "EUR")
  private static let paris = DemoPlace("FR", "Europe/Paris", "fr", "EUR")
  private static let amsterdam = DemoPlace("NL", "Europe/Amsterdam", "nl", "EUR")
  private static let rome = DemoPlace("IT", "Europe/Rome", "it", "EUR")
  private static let madrid = DemoPlace("ES", "Europe/Madrid", "es", "EUR")
}

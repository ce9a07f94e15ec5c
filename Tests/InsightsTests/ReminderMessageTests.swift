import ActionProtocol
import Insights
import Testing

@Suite struct `Reminder messages` {
  @Test func `one invoice in English`() throws {
    let email = try message(Books.seed())
    #expect(email.bodyText == Self.english)
  }

  @Test func `several invoices in German`() throws {
    let books = Books.snapshot(
      on: "2026-01-26",
      company: Books.company(
        locale: "de_DE", country: "DE", zone: "Europe/Berlin",
        address: "Hafenstraße 1\n20457 Hamburg"),
      partners: [try Books.partner(7, "Müller & Söhne GmbH")],
      invoices: [
        Books.invoice(1, "RE-1", of: 7, due: "2025-12-27", open: 500_000, in: Books.eur),
        Books.invoice(
          2, "RE-2024-17", of: 7, due: "2026-01-25", open: 1_950, in: Books.eur, issued: nil),
      ],
      unallocated: [Books.credit(7, 2_500, in: Books.eur)])
    let email = try message(books)
    #expect(email.subject == "Zahlungserinnerung: 2 Rechnungen, älteste RE-1")
    #expect(email.bodyText == Self.german)
  }

  @Test func `the customer's language goes before the company's, with its own number format`()
    throws
  {
    var books = try Books.seed()
    books.partners = [try Books.partner(7, "Acme GmbH", language: "de_AT", country: "DE")]
    let email = try message(books)
    #expect(email.subject == "Zahlungserinnerung: Rechnung INV-2024-001")
    #expect(email.bodyText.contains("5.000,00 $"))
    #expect(email.bodyText.contains("26. Januar 2026"))
  }

  @Test func `a language without a template falls back to English in words and figures`() throws {
    var books = try Books.seed()
    books.partners = [try Books.partner(7, "Acme SA", language: "fr", country: "FR")]
    let email = try message(books)
    #expect(email.subject == "Payment Reminder: Invoice INV-2024-001")
    #expect(email.bodyText.contains("$5,000.00"))
  }

  @Test(arguments: [
    (15, "friendly reminder"), (30, "not yet been able to find your payment"),
    (60, "within the next 7 days"), (90, "we will decide how to collect"),
  ])
  func `the tone follows the level`(age: Int, words: String) throws {
    var books = try Books.seed()
    books.invoices[0].dueOn = books.asOf.adding(days: -age)
    let text = try message(books).bodyText
    #expect(text.contains(words))
    #expect(text.contains("Your invoice is \(age) days overdue."))
  }

  @Test func `one day is one day`() throws {
    var books = try Books.seed()
    books.invoices[0].dueOn = books.asOf.adding(days: -1)
    let proposal = try #require(
      try Reminders.recommend(books, ladder: .fine).proposals.first)
    #expect(
      try Reminders.email(of: proposal).bodyText.contains("Your invoice is 1 day overdue."))
  }

  @Test func `names are escaped in HTML and left alone in text`() throws {
    var books = try Books.seed()
    books.partners = [try Books.partner(7, "<script>alert('x')</script> & Co {{total}}")]
    let email = try message(books)
    #expect(email.bodyText.contains("Dear <script>alert('x')</script> & Co {{total}},"))
    let html = try #require(email.bodyHTML)
    #expect(!html.contains("<script>"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; Co {{total}}"))
  }

  @Test func `text and HTML are twins`() throws {
    var books = try Books.seed()
    for id in 50...59 {
      books.invoices.append(
        Books.invoice(
          Int64(id), "INV-\(id)", of: 7, due: "2025-12-\(id - 40)", open: Int64(id) * 1000))
    }
    let email = try message(books)
    let html = try #require(email.bodyHTML)
    for invoice in books.invoices {
      let amount = MessageFormats(localeIdentifier: "en_US").amount(invoice.open)
      for part in [email.bodyText, html] {
        #expect(part.contains(invoice.number) && part.contains(amount))
      }
    }
    #expect(html.utf8.count < 20_000)
  }

  @Test func `without a postal address the letter ends with the legal name`() throws {
    var books = try Books.seed()
    books.company = Books.company(address: nil)
    #expect(try message(books).bodyText.hasSuffix("Kind regards\n\nNorthwind Tools Inc.\n"))
  }

  private func message(_ books: BooksSnapshot) throws -> SendEmail {
    try Reminders.email(
      of: try #require(try Reminders.recommend(books).proposals.first))
  }

  private static let english = """
    Dear Acme Corp,

    Your invoice is 60 days overdue. We ask you to settle the open amount within the next 7 days.

    This is what our books show on January 26, 2026:

    Invoice       Issued        Due           Days overdue  Open amount
    ------------  ------------  ------------  ------------  -----------
    INV-2024-001  Oct 28, 2025  Nov 27, 2025            60    $5,000.00
    ------------  ------------  ------------  ------------  -----------
    Total                                                     $5,000.00

    Please transfer $5,000.00 to the account named on the invoice and quote the number \
    INV-2024-001. If you have paid in the last few days, thank you: there is nothing more to do.

    If you do not agree with the amount, have not received the invoice, or cannot pay everything \
    now, please reply to this message and tell us. We will look into it.

    Kind regards

    Northwind Tools Inc.
    1 Harbor Street
    New York, NY 10004

    """

  private static let german = """
    Guten Tag Müller & Söhne GmbH,

    2 Ihrer Rechnungen sind überfällig, die älteste seit 30 Tagen. Einen Zahlungseingang konnten \
    wir bisher nicht feststellen.

    Unsere Bücher zeigen am 26. Januar 2026 folgenden Stand:

    Rechnung    Ausgestellt   Fällig         Tage überfällig  Offener Betrag
    ----------  ------------  -------------  ---------------  --------------
    RE-1        2. Jan. 2025  27. Dez. 2025               30      5.000,00 €
    RE-2024-17  –             25. Jan. 2026                1         19,50 €
    ----------  ------------  -------------  ---------------  --------------
    Summe                                                         5.019,50 €

    Zu Ihren Gunsten ist außerdem ein Guthaben von 25,00 € verbucht, das noch keiner Rechnung \
    zugeordnet ist. Wir haben es oben nicht abgezogen; bitte teilen Sie uns mit, für welche \
    Rechnung es bestimmt ist.

    Bitte überweisen Sie 5.019,50 € auf das in den Rechnungen genannte Konto und geben Sie dabei \
    die Rechnungsnummern an. Falls Sie in den letzten Tagen bereits gezahlt haben, danken wir \
    Ihnen; Sie brauchen dann nichts weiter zu tun.

    Sollten Sie mit dem Betrag nicht einverstanden sein, eine der Rechnungen nicht erhalten haben \
    oder derzeit nicht alles zahlen können, antworten Sie bitte auf diese Nachricht. Wir kümmern \
    uns darum.

    Mit freundlichen Grüßen

    Northwind Tools Inc.
    Hafenstraße 1
    20457 Hamburg

    """
}

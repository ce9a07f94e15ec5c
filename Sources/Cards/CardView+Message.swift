import ActionProtocol
import Addressing
import Engine
import Insights

extension CardView {
  /// To whom, and in whose name.
  func recipients(_ page: inout CardDocument) {
    page.heading("To whom")
    switch proposal.operation {
    case .email(_, let email):
      page.field("to", list(email.to))
      if !email.cc.isEmpty { page.field("cc", list(email.cc)) }
      if !email.bcc.isEmpty { page.field("bcc", list(email.bcc)) }
      page.field("from", card.revision.sender ?? "no sender is set")
      if let replyTo = card.revision.replyTo { page.field("answers to", replyTo) }
      sender(&page)
    case .sms(_, let sms):
      page.field("to", sms.to.e164)
      page.field("from", card.revision.sender ?? "the provider's shared number")
      sender(&page)
    default:
      page.field("record", records)
    }
    if let partner = proposal.affectedRecords.partnerName { page.field("customer", partner) }
    if proposal.safeOperation.effectType != nil, !proposal.affectedRecords.ids.isEmpty {
      page.field("about", records)
    }
  }

  /// Why it is this name, and why nothing would go out under it now.
  private func sender(_ page: inout CardDocument) {
    if let choice = card.revision.choice { page.field("because", SenderWording.because(choice)) }
    if let problem = card.senderProblem { page.field("but", problem.words) }
  }

  private func list(_ addresses: [EmailAddress]) -> String {
    addresses.map(\.rawValue).joined(separator: ", ")
  }

  private var records: String {
    let affected = proposal.affectedRecords
    let references = affected.references.map(\.rawValue).joined(separator: ", ")
    guard let name = affected.recordName else { return references }
    return references.isEmpty ? name : "\(name) (\(references))"
  }

  /// The whole text that leaves the house.
  func message(_ page: inout CardDocument) {
    switch proposal.operation {
    case .email(_, let email):
      page.heading("The message, in full")
      page.field("subject", email.subject)
      page.quote(email.bodyText)
      html(email, &page)
      for file in email.attachments {
        page.field(
          "attached",
          "\(file.filename), \(file.mediaType), \(AmountText.grouped(String(file.bytes))) bytes, "
            + "SHA-256 \(file.blobSHA256.hex)")
      }
      for entry in ProposalDocuments(proposal).entries {
        for code in entry.document.missing {
          page.field("without", DocumentWording.missing(entry.number, code))
        }
      }
    case .sms(_, let sms):
      page.heading("The message, in full")
      page.quote(sms.body)
      // A text that is too long for any SMS never passes validation; then there is no length to show.
      if let text = try? SMSText(sms.body) {
        page.field("length", "\(text.segments) SMS (\(text.units) units, \(text.encoding))")
      }
    default:
      page.heading("What is done")
      for (name, value) in proposal.operation.inputs { page.field(name, plain(value)) }
    }
  }

  private func html(_ email: SendEmail, _ page: inout CardDocument) {
    guard let html = email.bodyHTML, !isPage else { return }
    let size = AmountText.grouped(String(html.count))
    if showsHTML {
      page.heading("Its HTML version, in full")
      page.quote(html)
    } else {
      page.field(
        "HTML", "the mail also has an HTML version of \(size) characters; --html shows it")
    }
  }

  /// What changes, before and after.
  func changes(_ page: inout CardDocument) {
    page.heading("What changes")
    var table = CardTable([.left(""), .left("WHAT"), .left("BEFORE"), .left("AFTER")])
    for change in proposal.proposedChanges {
      let mark =
        switch change.changeType {
        case .set: "~"
        case .add: "+"
        case .remove: "-"
        }
      table.add([
        mark, change.humanLabel ?? change.path, plain(change.before), plain(change.after),
      ])
    }
    if table.isEmpty {
      page.paragraph(
        proposal.safeOperation.effectType == nil
          ? "What is done, above. The proposer names no values from before."
          : "Nothing in the records.")
    } else {
      page.table(table)
    }
  }

  /// A JSON value in a word or two.
  func plain(_ value: JSONValue) -> String {
    switch value {
    case .null: "-"
    case .string(let text): text
    case .bool(false): "no"
    case .bool(true): "yes"
    case .array(let items) where items.count == 2 && items[0].integerValue != nil:
      // Odoo's many2one: id and name.
      items[1].stringValue ?? CanonicalJSON.text(value)
    case .array(let items): items.map(plain).joined(separator: ", ")
    case .object(let object):
      object.map { "\($0.replacing("_", with: " ")) \(plain($1))" }.joined(separator: ", ")
    case .integer, .number: CanonicalJSON.text(value)
    }
  }
}

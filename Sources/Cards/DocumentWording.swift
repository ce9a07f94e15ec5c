/// Why a reminder lacks the link or file of an invoice.
public enum DocumentWording {
  public static func missing(_ number: String, _ code: String) -> String {
    "\(what(code)) of \(number): \(why(code))"
  }

  private static func what(_ code: String) -> String {
    code.hasPrefix("pdf_") ? "the PDF" : "portal link and PDF"
  }

  private static func why(_ code: String) -> String {
    switch code {
    case "portal_not_offered": "this Odoo offers customers no portal for it"
    case "portal_host_not_allowed": "it leads to a host that is not allowed (--odoo-link-hosts)"
    case "portal_access_denied": "Odoo's bot user may not ask for it"
    case "pdf_answer_too_large": "it is larger than --odoo-pdf-limit"
    case "pdf_too_many": "one message carries at most 10 files of 10 MiB together"
    case "pdf_server_failure", "pdf_answer_unexpected", "pdf_not_odoo":
      "Odoo makes none (is wkhtmltopdf installed there?)"
    case "pdf_not_issued":
      "it was never sent or printed in Odoo, so that there is only a pro forma"
    case "pdf_access_denied": "Odoo's bot user may not read the file"
    case "pdf_elsewhere": "the portal is on another server"
    default: "it could not be had (\(code))"
    }
  }
}

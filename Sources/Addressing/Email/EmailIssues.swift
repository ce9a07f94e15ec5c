extension AddressingIssue {
  static let emailEmpty = AddressingIssue(
    code: "email.empty", message: "The address is empty.",
    remedy: "Write an address such as name@company.example.")
  static let emailControl = AddressingIssue(
    code: "email.control", message: "The address contains a line break or control character.",
    remedy: "Write exactly one address on one line.")
  static let emailNoAt = AddressingIssue(
    code: "email.no_at", message: "The address has no at sign.",
    remedy: "Write an address such as name@company.example.")
  static let emailTooLong = AddressingIssue(
    code: "email.too_long", message: "The address has more than 254 characters.",
    remedy: "Use a shorter address; mail servers refuse this one.")
  static let emailLocalEmpty = AddressingIssue(
    code: "email.local_empty", message: "Nothing stands before the at sign.",
    remedy: "Put the mailbox name before the at sign.")
  static let emailLocalTooLong = AddressingIssue(
    code: "email.local_too_long", message: "The part before the at sign exceeds 64 characters.",
    remedy: "Use a shorter address; mail servers refuse this one.")
  static let emailLocalQuoted = AddressingIssue(
    code: "email.local_quoted", message: "The part before the at sign is in quotation marks.",
    remedy: "Use an address without quotation marks; many mail services refuse them.")
  static let emailLocalDot = AddressingIssue(
    code: "email.local_dot",
    message: "The part before the at sign starts or ends with a dot or has two in a row.",
    remedy: "Check the dots before the at sign.")
  static let emailLocalNotASCII = AddressingIssue(
    code: "email.local_not_ascii",
    message: "The part before the at sign has letters outside ASCII.",
    remedy: "Use the mailbox's ASCII address; the provider does not offer SMTPUTF8.")
  static let emailLocalCharacter = AddressingIssue(
    code: "email.local_character",
    message: "The part before the at sign has a character that is not allowed there.",
    remedy: "Remove spaces, commas, brackets and second at signs.")
  static let emailDomainEmpty = AddressingIssue(
    code: "email.domain_empty", message: "Nothing stands after the at sign.",
    remedy: "Put the domain after the at sign.")
  static let emailDomainLiteral = AddressingIssue(
    code: "email.domain_literal", message: "The domain is a network address in brackets.",
    remedy: "Use the domain's name.")
  static let emailDomainNoDot = AddressingIssue(
    code: "email.domain_no_dot", message: "The domain has only one part.",
    remedy: "Write the whole domain, such as company.example.")
  static let emailDomainLabel = AddressingIssue(
    code: "email.domain_label",
    message: "A part of the domain is empty, too long or starts or ends with a hyphen.",
    remedy: "Check dots and hyphens in the domain; each part has 1 to 63 characters.")
  static let emailDomainTooLong = AddressingIssue(
    code: "email.domain_too_long", message: "The domain has more than 253 characters.",
    remedy: "Use a shorter domain; name servers cannot hold this one.")
  static let emailDomainCharacter = AddressingIssue(
    code: "email.domain_character",
    message: "The domain has a character that is not allowed there.",
    remedy: "Use letters, digits, hyphens and dots.")
  static let emailDomainNumeric = AddressingIssue(
    code: "email.domain_numeric", message: "The domain does not end with a letter.",
    remedy:
      "Use the domain's name, not a network address; every top-level domain ends with a letter.")
  static let emailDomainIDN = AddressingIssue(
    code: "email.domain_idn",
    message: "A part of the domain is not a valid international name.",
    remedy: "Check its spelling, or write the form that starts with xn-- as registered.")
}

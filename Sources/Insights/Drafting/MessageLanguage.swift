import Foundation

/// Which language and which number format a message to a customer uses.
enum MessageLanguage {
  /// The language asked for: the customer's, else the company's.
  static func wanted(partner: PartnerFacts, company: CompanyProfile) -> String {
    partner.language.flatMap(base) ?? base(company.locale) ?? "en"
  }

  /// The locale for amounts and dates in a message written in `language`.
  ///
  /// The company's own locale where it speaks that language; else the language as it is used in the
  /// customer's country, so that a German reader gets `5.000,00 $` from an American company.
  static func locale(
    language: String, partner: PartnerFacts, company: CompanyProfile
  ) -> String {
    if base(company.locale) == base(language) { return company.locale }
    let country = partner.country ?? company.country
    return "\(base(language) ?? language)_\(country)"
  }

  /// `de` of `de_AT` or `de-AT`; nil of an empty or unreadable tag.
  static func base(_ tag: String) -> String? {
    Locale(identifier: tag).language.languageCode?.identifier
  }
}

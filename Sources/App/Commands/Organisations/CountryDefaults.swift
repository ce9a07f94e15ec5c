/// What a new organisation in a country most likely wants; every value can be said otherwise.
struct CountryDefaults: Sendable {
  let zone: String
  let currency: String
  let locale: String

  /// - Parameter country: ISO 3166-1 alpha-2.
  /// - Returns: nil where nothing sensible can be guessed: a country that is not listed.
  static func of(_ country: String) -> CountryDefaults? {
    guard let line = table[country.uppercased()] else { return nil }
    let parts = line.split(separator: " ").map(String.init)
    guard parts.count == 3 else { return nil }
    return CountryDefaults(zone: parts[0], currency: parts[1], locale: parts[2])
  }

  /// The zone of the capital or the most populous one; currency by ISO 4217.
  private static let table: [String: String] = [
    "AE": "Asia/Dubai AED en_AE", "AR": "America/Argentina/Buenos_Aires ARS es_AR",
    "AT": "Europe/Vienna EUR de_AT", "AU": "Australia/Sydney AUD en_AU",
    "BE": "Europe/Brussels EUR nl_BE", "BG": "Europe/Sofia EUR bg_BG",
    "BR": "America/Sao_Paulo BRL pt_BR", "CA": "America/Toronto CAD en_CA",
    "CH": "Europe/Zurich CHF de_CH", "CL": "America/Santiago CLP es_CL",
    "CN": "Asia/Shanghai CNY zh_CN", "CO": "America/Bogota COP es_CO",
    "CZ": "Europe/Prague CZK cs_CZ", "DE": "Europe/Berlin EUR de_DE",
    "DK": "Europe/Copenhagen DKK da_DK", "EE": "Europe/Tallinn EUR et_EE",
    "ES": "Europe/Madrid EUR es_ES", "FI": "Europe/Helsinki EUR fi_FI",
    "FR": "Europe/Paris EUR fr_FR", "GB": "Europe/London GBP en_GB",
    "GR": "Europe/Athens EUR el_GR", "HK": "Asia/Hong_Kong HKD en_HK",
    "HR": "Europe/Zagreb EUR hr_HR", "HU": "Europe/Budapest HUF hu_HU",
    "IE": "Europe/Dublin EUR en_IE", "IL": "Asia/Jerusalem ILS he_IL",
    "IN": "Asia/Kolkata INR en_IN", "IT": "Europe/Rome EUR it_IT", "JP": "Asia/Tokyo JPY ja_JP",
    "KE": "Africa/Nairobi KES en_KE", "KR": "Asia/Seoul KRW ko_KR",
    "LT": "Europe/Vilnius EUR lt_LT", "LU": "Europe/Luxembourg EUR fr_LU",
    "LV": "Europe/Riga EUR lv_LV", "MX": "America/Mexico_City MXN es_MX",
    "MY": "Asia/Kuala_Lumpur MYR en_MY", "NG": "Africa/Lagos NGN en_NG",
    "NL": "Europe/Amsterdam EUR nl_NL", "NO": "Europe/Oslo NOK nb_NO",
    "NZ": "Pacific/Auckland NZD en_NZ", "PH": "Asia/Manila PHP en_PH",
    "PL": "Europe/Warsaw PLN pl_PL", "PT": "Europe/Lisbon EUR pt_PT",
    "RO": "Europe/Bucharest RON ro_RO", "SA": "Asia/Riyadh SAR ar_SA",
    "SE": "Europe/Stockholm SEK sv_SE", "SG": "Asia/Singapore SGD en_SG",
    "SI": "Europe/Ljubljana EUR sl_SI", "SK": "Europe/Bratislava EUR sk_SK",
    "TH": "Asia/Bangkok THB th_TH", "TR": "Europe/Istanbul TRY tr_TR",
    "UA": "Europe/Kyiv UAH uk_UA", "US": "America/New_York USD en_US",
    "ZA": "Africa/Johannesburg ZAR en_ZA",
  ]
}

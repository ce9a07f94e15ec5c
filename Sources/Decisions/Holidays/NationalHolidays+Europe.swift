extension NationalHolidays {
  static let unitedKingdom: [HolidayRule] = [
    HolidayRule("New Year's Day", .fixed(1, 1), .nextFree),
    HolidayRule("2nd January", .fixed(1, 2), .nextFree, in: "SCT"),
    HolidayRule("Saint Patrick's Day", .fixed(3, 17), .nextFree, in: "NIR"),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Easter Monday", .easter(1), in: "ENG WLS NIR"),
    HolidayRule("Early May Bank Holiday", .nth(1, weekday: 1, month: 5)),
    HolidayRule("Spring Bank Holiday", .nth(-1, weekday: 1, month: 5)),
    HolidayRule("World Cup Bank Holiday", .listed([2026: [615]]), in: "SCT"),
    HolidayRule("Battle of the Boyne", .fixed(7, 12), .nextFree, in: "NIR"),
    HolidayRule("Summer Bank Holiday", .nth(1, weekday: 1, month: 8), in: "SCT"),
    HolidayRule("Summer Bank Holiday", .nth(-1, weekday: 1, month: 8), in: "ENG WLS NIR"),
    HolidayRule("Saint Andrew's Day", .fixed(11, 30), .nextFree, in: "SCT"),
    HolidayRule("Christmas Day", .fixed(12, 25), .nextFree),
    HolidayRule("Boxing Day", .fixed(12, 26), .nextFree),
  ]

  /// Those of whole Länder; days of single communities (Augsburg, the Assumption in parts of
  /// Bavaria) are not among them.
  static let germany: [HolidayRule] = [
    HolidayRule("Neujahr", .fixed(1, 1)),
    HolidayRule("Heilige Drei Könige", .fixed(1, 6), in: "BW BY ST"),
    HolidayRule("Internationaler Frauentag", .fixed(3, 8), in: "BE MV"),
    HolidayRule("Karfreitag", .easter(-2)),
    HolidayRule("Ostersonntag", .easter(0), in: "BB"),
    HolidayRule("Ostermontag", .easter(1)),
    HolidayRule("Tag der Arbeit", .fixed(5, 1)),
    HolidayRule("80. Jahrestag der Befreiung", .listed([2025: [508]]), in: "BE"),
    HolidayRule("Christi Himmelfahrt", .easter(39)),
    HolidayRule("Pfingstsonntag", .easter(49), in: "BB"),
    HolidayRule("Pfingstmontag", .easter(50)),
    HolidayRule("Fronleichnam", .easter(60), in: "BW BY HE NW RP SL"),
    HolidayRule("75. Jahrestag des 17. Juni 1953", .listed([2028: [617]]), in: "BE"),
    HolidayRule("Mariä Himmelfahrt", .fixed(8, 15), in: "SL"),
    HolidayRule("Weltkindertag", .fixed(9, 20), in: "TH"),
    HolidayRule("Tag der Deutschen Einheit", .fixed(10, 3)),
    HolidayRule("Reformationstag", .fixed(10, 31), in: "BB HB HH MV NI SH SN ST TH"),
    HolidayRule("Allerheiligen", .fixed(11, 1), in: "BW BY NW RP SL"),
    HolidayRule("Buß- und Bettag", .from(11, 16, weekday: 3), in: "SN"),
    HolidayRule("Erster Weihnachtstag", .fixed(12, 25)),
    HolidayRule("Zweiter Weihnachtstag", .fixed(12, 26)),
  ]

  static let france: [HolidayRule] = [
    HolidayRule("Jour de l'an", .fixed(1, 1)),
    HolidayRule("Lundi de Pâques", .easter(1)),
    HolidayRule("Fête du Travail", .fixed(5, 1)),
    HolidayRule("Fête de la Victoire", .fixed(5, 8)),
    HolidayRule("Ascension", .easter(39)),
    HolidayRule("Lundi de Pentecôte", .easter(50)),
    HolidayRule("Fête nationale", .fixed(7, 14)),
    HolidayRule("Assomption", .fixed(8, 15)),
    HolidayRule("Toussaint", .fixed(11, 1)),
    HolidayRule("Armistice", .fixed(11, 11)),
    HolidayRule("Noël", .fixed(12, 25)),
  ]

  static let spain: [HolidayRule] = [
    HolidayRule("Año Nuevo", .fixed(1, 1), .droppedOnSunday),
    HolidayRule("Epifanía del Señor", .fixed(1, 6), .droppedOnSunday),
    HolidayRule("Viernes Santo", .easter(-2)),
    HolidayRule("Fiesta del Trabajo", .fixed(5, 1), .droppedOnSunday),
    HolidayRule("Asunción de la Virgen", .fixed(8, 15), .droppedOnSunday),
    HolidayRule("Fiesta Nacional", .fixed(10, 12), .droppedOnSunday),
    HolidayRule("Todos los Santos", .fixed(11, 1), .droppedOnSunday),
    HolidayRule("Día de la Constitución", .fixed(12, 6), .droppedOnSunday),
    HolidayRule("Inmaculada Concepción", .fixed(12, 8), .droppedOnSunday),
    HolidayRule("Navidad", .fixed(12, 25), .droppedOnSunday),
  ]

  static let italy: [HolidayRule] = [
    HolidayRule("Capodanno", .fixed(1, 1)),
    HolidayRule("Epifania", .fixed(1, 6)),
    HolidayRule("Pasqua", .easter(0)),
    HolidayRule("Lunedì dell'Angelo", .easter(1)),
    HolidayRule("Festa della Liberazione", .fixed(4, 25)),
    HolidayRule("Festa dei Lavoratori", .fixed(5, 1)),
    HolidayRule("Festa della Repubblica", .fixed(6, 2)),
    HolidayRule("Assunzione", .fixed(8, 15)),
    // Law 151/2025.
    HolidayRule("San Francesco d'Assisi", .fixed(10, 4), years: 2026...9999),
    HolidayRule("Tutti i Santi", .fixed(11, 1)),
    HolidayRule("Giornata dell'Unità Nazionale", .nth(1, weekday: 7, month: 11)),
    HolidayRule("Immacolata Concezione", .fixed(12, 8)),
    HolidayRule("Natale", .fixed(12, 25)),
    HolidayRule("Santo Stefano", .fixed(12, 26)),
  ]

  static let netherlands: [HolidayRule] = [
    HolidayRule("Nieuwjaarsdag", .fixed(1, 1)),
    HolidayRule("Goede Vrijdag", .easter(-2)),
    HolidayRule("Eerste Paasdag", .easter(0)),
    HolidayRule("Tweede Paasdag", .easter(1)),
    HolidayRule("Koningsdag", .fixed(4, 27), .saturdayBeforeSunday),
    HolidayRule("Bevrijdingsdag", .listed([2025: [505], 2030: [505], 2035: [505], 2040: [505]])),
    HolidayRule("Hemelvaartsdag", .easter(39)),
    HolidayRule("Eerste Pinksterdag", .easter(49)),
    HolidayRule("Tweede Pinksterdag", .easter(50)),
    HolidayRule("Eerste Kerstdag", .fixed(12, 25)),
    HolidayRule("Tweede Kerstdag", .fixed(12, 26)),
  ]

  static let sweden: [HolidayRule] = [
    HolidayRule("Nyårsdagen", .fixed(1, 1)),
    HolidayRule("Trettondedag jul", .fixed(1, 6)),
    HolidayRule("Långfredagen", .easter(-2)),
    HolidayRule("Påskdagen", .easter(0)),
    HolidayRule("Annandag påsk", .easter(1)),
    HolidayRule("Första maj", .fixed(5, 1)),
    HolidayRule("Kristi himmelsfärdsdag", .easter(39)),
    HolidayRule("Pingstdagen", .easter(49)),
    HolidayRule("Nationaldagen", .fixed(6, 6)),
    HolidayRule("Midsommardagen", .from(6, 20, weekday: 6)),
    HolidayRule("Alla helgons dag", .from(10, 31, weekday: 6)),
    HolidayRule("Juldagen", .fixed(12, 25)),
    HolidayRule("Annandag jul", .fixed(12, 26)),
  ]
}

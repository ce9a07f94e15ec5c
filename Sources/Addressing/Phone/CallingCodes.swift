/// The country calling codes that ITU-T has assigned, each with the lengths of its numbers and the
/// prefixes dialled before them.
enum CallingCodes {
  /// The plan whose calling code the digits start with. No code is the beginning of another.
  static func plan(of digits: Digits) -> NumberingPlan? {
    guard digits.count > 0, digits.leading(1) != 0 else { return nil }
    for length in 1...min(3, digits.count) {
      if let index = indexes[Int(digits.leading(length))] { return plans[index] }
    }
    return nil
  }

  /// The plan of a country by its ISO 3166 alpha-2 code in either case; `UK` counts as `GB`.
  static func plan(country: String) -> NumberingPlan? {
    let code = country.uppercased()
    return byCountry[code == "UK" ? "GB" : code].map { plans[$0] }
  }

  static let plans: [NumberingPlan] = assigned.split(separator: " ").map(plan)

  private static let indexes: [Int?] = {
    var result = [Int?](repeating: nil, count: 1000)
    for (index, plan) in plans.enumerated() { result[Int(plan.callingCode.value)] = index }
    return result
  }()

  private static let byCountry: [String: Int] = {
    var result: [String: Int] = [:]
    for (index, plan) in plans.enumerated() {
      for country in plan.countries { result[country] = index }
    }
    return result
  }()

  /// Stands for a calling code of networks without a country.
  private static let network = "001"

  /// Reads `code=countries:trunk prefix:lengths[:exit prefix]`. Without a fourth part the exit
  /// prefix is 00; `-` stands for none that could be told apart.
  private static func plan(_ entry: Substring) -> NumberingPlan {
    let parts = entry.split(separator: "=", maxSplits: 1)
    let fields = parts.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    func field(_ index: Int) -> Substring { fields.indices.contains(index) ? fields[index] : "" }
    let code = Digits(parts.first ?? "")
    let countries = field(0).split(separator: ",").map(String.init).filter { $0 != network }
    return NumberingPlan(
      callingCode: code,
      countries: code.value == 1 ? NorthAmerica.countries : countries,
      trunk: Digits(field(1)),
      exit: field(3) == "-" ? Digits() : Digits(field(3).isEmpty ? "00" : field(3)),
      lengths: LengthSet(field(2)), startsWithZero: zeros.contains(code.value),
      ranges: NumberingPlan.ranges[code.value] ?? [])
  }

  /// Codes where a leading zero can be a digit of the number: it is kept in Italy, and some
  /// plans without a trunk prefix simply start there.
  private static let zeros: Set<UInt64> = [
    39, 91, 225, 226, 227, 229, 241, 242, 247, 250, 267, 268, 378, 47, 501, 507, 676, 679, 687, 800,
    853, 881, 888, 974, 992,
  ]

  /// The lengths were read out of PyPI `phonenumbers` 9.0.43, special services included.
  private static let assigned = """
    1=US:1:10:011 20=EG:0:8-10 211=SS:0:9 212=MA,EH:0:9 213=DZ:0:8-9 216=TN::8 218=LY:0:9 \
    220=GM::7,9 221=SN::9 222=MR::8 223=ML::8 224=GN::8-9 225=CI::10 226=BF::8 227=NE::8 \
    228=TG::8 229=BJ::10 230=MU::7-8,10 231=LR:0:7-9 232=SL:0:8 233=GH:0:8-9 234=NG:0:10-12:009 \
    235=TD::8 236=CF::8 237=CM::8-9 238=CV::7:0 239=ST::7 240=GQ::9 241=GA::7-8 242=CG::9 \
    243=CD:0:7-10 244=AO::9 245=GW::7,9 246=IO::7 247=AC::5-6 248=SC::7 249=SD:0:9 250=RW:0:8-9 \
    251=ET:0:9 252=SO:0:6-9 253=DJ::8 254=KE:0:7-10:000 255=TZ:0:9:- 256=UG:0:9:- 257=BI::8 \
    258=MZ::8-9 260=ZM:0:9 261=MG:0:9 262=RE,YT:0:9 263=ZW:0:7,9-10 264=NA:0:8-9 265=MW:0:7,9 \
    266=LS::8 267=BW::7-8,10 268=SZ::8-9 269=KM::7 27=ZA:0:5-10 290=SH,TA::4-5 291=ER:0:7 \
    297=AW::7 298=FO::6 299=GL::6 30=GR::10-12 31=NL:0:5-11 32=BE:0:8-9 33=FR:0:9 34=ES::9 \
    350=GI::8 351=PT::9 352=LU::4-11 353=IE:0:7-10 354=IS::7,9 355=AL:0:6-9 356=MT::8 357=CY::8 \
    358=FI,AX:0:5-12 359=BG:0:6-9,12 36=HU:06:8-9 370=LT:0:8 371=LV::8 372=EE::7-8,10 373=MD:0:8 \
    374=AM:0:8 375=BY:8:6-11:810 376=AD::6,8-9 377=MC:0:8-9 378=SM::8,10 380=UA:0:9-10 \
    381=RS:0:6-12 382=ME:0:8-9 383=XK:0:8-12 385=HR:0:7-9 386=SI:0:5-8 387=BA:0:8-9 389=MK:0:8 \
    39=IT,VA::6-12 40=RO:0:6,9 41=CH:0:9,12 420=CZ::9-12 421=SK:0:6-7,9 423=LI:0:7,9 \
    43=AT:0:5-13 44=GB,GG,IM,JE:0:7,9-10 45=DK::8 46=SE:0:6-10,12 47=NO,SJ::5,8 48=PL::6-10 \
    49=DE:0:5-13 500=FK::5 501=BZ::7,11 502=GT::8,11 503=SV::7-8,11 504=HN::8,11 505=NI::8 \
    506=CR::8,10 507=PA::7-8,10-11 508=PM:0:6,9 509=HT::8 51=PE:0:8-9 52=MX::10 \
    53=CU:0:6-8,10:119 54=AR:0:10-11 55=BR:0:8-11:- 56=CL::9-11 57=CO:0:8,10-11:- 58=VE:0:10 \
    590=GP,BL,MF:0:9 591=BO:0:8-9 592=GY::7:001 593=EC:0:8-11 594=GF:0:9 595=PY:0:6-11 \
    596=MQ:0:9 597=SR::6-7 598=UY:0:4-12 599=CW,BQ::7-8 60=MY:0:8-10 61=AU,CC,CX:0:5-10,12:0011 \
    62=ID:0:7-13:- 63=PH:0:6,8-13 64=NZ:0:5-10 65=SG::8,10-11:- 66=TH:0:8-10,13:- 670=TL::7-8 \
    672=NF::6 673=BN::7 674=NR::7 675=PG::7-8 676=TO::5,7 677=SB::5,7 678=VU::5,7 679=FJ::7,11 \
    680=PW::7:- 681=WF::6,9 682=CK::5 683=NU::4,7 685=WS::5-7,10:0 686=KI:0:5,8 687=NC::6 \
    688=TV::5-7 689=PF::6,8-9 690=TK::4-7 691=FM::7 692=MH:1:7:011 7=RU,KZ:8:10,14:810 \
    800=001::8 808=001::8 81=JP:0:8-13:010 82=KR:0:5-6,8-13:- 84=VN:0:7-10 850=KP:0:8,10 \
    852=HK::5-9,11:- 853=MO::7-8 855=KH:0:8-10:- 856=LA:0:8-10 86=CN:0:7-12 870=001::9,12 \
    878=001::12 880=BD:0:6-10 881=001::9-10 882=001::7-12 883=001::8-12 886=TW:0:7-11:- \
    888=001::11 90=TR:0:7,10,12-13 91=IN:0:8-13 92=PK:0:8-12 93=AF:0:9 94=LK:0:9 95=MM:0:6-10 \
    960=MV::7,10 961=LB:0:7-8 962=JO:0:8-9 963=SY:0:8-9 964=IQ:0:8-10 965=KW::7-8 966=SA:0:9-10 \
    967=YE:0:7-9 968=OM::7-9 970=PS:0:8-10 971=AE:0:5-12 972=IL:0:7-12 973=BH::8 974=QA::7-9,11 \
    975=BT::7-8 976=MN:0:8-10:001 977=NP:0:8,10-11 979=001::9 98=IR:0:5-7,10 992=TJ::9:810 \
    993=TM:8:8:810 994=AZ:0:9 995=GE:0:9 996=KG:0:9-10 998=UZ::9
    """
}

extension NumberingPlan {
  /// The leading digits of the detailed plans, by calling code.
  ///
  /// Facts of the national plans as PyPI `phonenumbers` 9.0.43 has them, coarse by intention: a number that is
  /// not refused need not be in service, but what is in service is not refused. Written as
  /// `leading digits:lengths`, entries divided by semicolons.
  static let ranges: [UInt64: [Range]] = [
    1: northAmerica, 44: britain, 49: germany, 33: france, 34: spain, 39: italy,
    31: netherlands, 46: sweden, 61: australia, 64: newZealand, 27: southAfrica, 91: india,
    375: belarus,
  ].mapValues { entries in
    entries.flatMap { ranges($0, $1) }.sorted { $0.lead.count > $1.lead.count }
  }

  private typealias Entries = [(PhoneNumber.Kind, String)]

  private static func ranges(_ kind: PhoneNumber.Kind, _ text: String) -> [Range] {
    text.split(separator: ";").flatMap { entry in
      let parts = entry.split(separator: ":")
      let lengths = LengthSet(parts.last ?? "")
      return (parts.first ?? "").split(separator: " ").map {
        Range(lead: Digits($0), lengths: lengths, kind: kind)
      }
    }
  }

  /// `NorthAmerica.matches` decides about area codes; landlines and mobiles cannot be told apart.
  private static let northAmerica: Entries = [
    (.fixedOrMobile, "2 3 4 5 6 7 8 9:10"),
    (.tollFree, "800 822 833 844 855 866 877 880 881 882 883 884 885 886 887 888 889:10"),
    (.premiumRate, "900:10"),
    (
      .personal,
      "500 521 522 523 524 525 526 527 528 529 532 533 535 538 542 543 544 545 546 547 549 550 "
        + "552 553 554 556 558 566 569 577 578 588 589:10"
    ),
    (.personal, "622 633 644 655 677 688:10"), (.other, "600 700 710:10"),
  ]

  private static let britain: Entries = [
    (.fixed, "1:9-10;2:10"), (.other, "3 55:10"), (.voip, "56:10"), (.mobile, "7:10"),
    (.personal, "70:10"), (.pager, "76:10"), (.mobile, "7624:10"),
    (.tollFree, "80:9-10;8001111:7,9-10;808:10"), (.sharedCost, "84 87:10"),
    (.premiumRate, "842 843 844 845 870 871 872 873 9:10;845464:7,10"), (.other, "82 83:10"),
  ]

  private static let germany: Entries = [
    (.fixed, "2 3 4 5 6 7 8 9:5-13"), (.mobile, "15 160 162 163 17:10-13"),
    (.other, "10 11 12 14 16 19 18:5-13"), (.sharedCost, "13:6-13;180:7-13"),
    (.tollFree, "800:5-13"), (.premiumRate, "900:6-13;1377 1378 1379:10"),
    (.personal, "700:5-13"), (.fixed, "32:8-13"), (.pager, "164 168 169:5-13"),
    (.fixed, "49:5-13;4930 4940 4969 498:5-6;4937 4949 4960 4970 4978 4979 499:5-7"),
    (.fixed, "4920 4922 4924 4925 4926 4927 4928 4929 4932 4933 4934 4935 4936 4938 4939:5-12"),
    (.fixed, "4971 4972 4973 4974 4975 4976 4977:5-12"),
  ]

  private static let france: Entries = [
    (.fixed, "1 2 3 4 5:9"), (.mobile, "6 7:9"), (.voip, "9:9"), (.other, "806 807 808 809:9"),
    (.tollFree, "80:9"), (.premiumRate, "8:9"),
    (.sharedCost, "810 811 820 821 825 826 840 842 844 884:9"),
  ]

  private static let spain: Entries = [
    (.fixed, "8 9 400:9"), (.mobile, "6 7:9"), (.personal, "70:9"), (.other, "51:9"),
    (.tollFree, "800 900:9"), (.premiumRate, "803 806 807:9"), (.sharedCost, "901 902:9"),
  ]

  /// No trunk prefix: the zero of a landline is part of its number.
  private static let italy: Entries = [
    (.fixed, "0:6-12"), (.mobile, "3:9-12;39:9-10;43:10"), (.voip, "55:10"),
    (.other, "70:10;1:9-11"),
    (.personal, "178 199:9-11"), (.tollFree, "80:6,8-10"), (.sharedCost, "84:6,8-10"),
    (.premiumRate, "89:6,8-10;144 163 164 166:9-10"), (.other, "8:6,8-10"),
  ]

  private static let netherlands: Entries = [
    (.fixed, "1 2 3 4 5 7:9;319:0"), (.mobile, "6:9;97:9-11"), (.pager, "66:9"), (.voip, "85 91:9"),
    (.other, "14:5-6,9;82 84 87 88:9"), (.tollFree, "80:7-10"), (.premiumRate, "90:7-10"),
  ]

  private static let sweden: Entries = [
    (.fixed, "1 2 3 4 5 6 8 9:7-9"), (.other, "10:9"), (.fixed, "25 67:7-9,12"), (.mobile, "7:9"),
    (.personal, "75:9"), (.pager, "74:9"), (.sharedCost, "77:9"), (.tollFree, "20:6-9"),
    (.premiumRate, "900 939 944 99:7-10;649:9"),
  ]

  private static let australia: Entries = [
    (.fixed, "2 3 7 8:9"), (.mobile, "4:9"), (.voip, "14:9"), (.pager, "16:5-9"),
    (.sharedCost, "13:6,8;130:6,10,12;134:6,8"), (.tollFree, "180:7,10"),
    (.premiumRate, "190:10"), (.other, "19:6-10;188 189:10"),
  ]

  private static let newZealand: Entries = [
    (.fixed, "3 4 6 7 9:8"), (.mobile, "2:8-10"), (.fixed, "240:8"),
    (.tollFree, "508:9-10;80:8-10"),
    (.premiumRate, "50 90:7-10;1:10"), (.personal, "70:9"), (.other, "8:5-10"),
  ]

  private static let southAfrica: Entries = [
    (.fixed, "1 2 3 4 5:9"), (.mobile, "6 7:9;8:5-9"), (.tollFree, "80:9"),
    (.premiumRate, "86 90 91 92:9"), (.sharedCost, "860:9"), (.other, "861:9-10;9 88 89:9"),
    (.mobile, "85:9"), (.voip, "87:9"),
  ]

  private static let india: Entries = [
    (.fixed, "1 2 3 4 5:10"), (.fixedOrMobile, "6 7 8:10"), (.mobile, "9:10"),
    (.tollFree, "1800:8-13;1803:10,13;000800:13"), (.sharedCost, "1860:8-13"),
    (.premiumRate, "1861 1862:10,13"),
    (.other, "140:10"),
  ]

  /// Known in detail because its trunk prefix 8 is also the beginning of its service numbers.
  private static let belarus: Entries = [
    (.fixed, "1 2 3:9"), (.mobile, "25 29 33 44:9"), (.premiumRate, "902:10"),
    (.other, "80:6-10;81 85 86 87:6,8-11;82 83 84 815 816 817:6,8-9,11;88 89:6,8-10"),
    (.tollFree, "800:6-10"),
  ]
}

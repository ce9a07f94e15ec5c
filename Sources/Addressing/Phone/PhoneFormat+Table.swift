extension PhoneFormat {
  /// Leading digits, lengths (empty: any) and template of each group.
  struct Entry: Sendable {
    let leads: String
    let lengths: String
    let template: String

    init(_ leads: String, _ template: String, lengths: String = "") {
      self.leads = leads
      self.lengths = lengths
      self.template = template
    }
  }

  /// By calling code. Longer leading digits win over shorter ones, a named length over any.
  static let tables: [UInt64: [Entry]] = [
    1: [Entry("2 3 4 5 6 7 8 9", "(xxx) xxx-xxxx")],
    44: britain, 49: germany, 33: france, 34: spain, 39: italy, 31: netherlands, 46: sweden,
    61: australia, 64: newZealand, 27: southAfrica, 91: india,
  ]

  private static let britain = [
    Entry("1", "0xxxx *"), Entry("11 121 131 141 151 161 191", "0xxx xxx *"),
    Entry(
      "13873 15242 15394 15395 15396 16973 16974 16977 17683 17684 17687 19467", "0xxxxx *"),
    Entry("2 5 70 760 763 764 765 766 767 768 769 7623 7625 7626", "0xx xxxx *"),
    Entry("7", "0xxxx *"), Entry("3 8 9", "0xxx xxx *"),
    Entry("8001111", "0xxx xxxx", lengths: "7"), Entry("845464", "0xxx xx xx", lengths: "7"),
    Entry("800", "0xxx *", lengths: "9"),
  ]

  /// Area codes have 2 to 5 digits; what follows is written in one group.
  private static let germany = [
    Entry("2 4 5 6 7 8 9", "0xxxx *"), Entry("30 32 40 69 89", "0xx *"),
    Entry(
      "201 202 203 208 209 211 2120 2121 2122 2123 2124 2125 2126 2127 2128 214 221 228 231 234 "
        + "335 341 340 345 351 355 361 365 371 375 381 385 391 395 331 906 "
        + "241 251 261 271 281 291 421 431 441 451 461 471 481 491 511 521 531 541 551 561 571 "
        + "581 591 711 721 731 741 751 761 771 781 791 911 921 931 941 951 961 971 981 991 "
        + "611 621 631 641 651 661 671 681 811 821 831 841 851 861 871 881", "0xxx *"),
    Entry("3", "0xxxxx *"),
    Entry(
      "3301 3302 3303 3304 3306 3307 3321 3322 3327 3328 3329 3331 3332 3334 3335 3337 3338 "
        + "3341 3342 3344 3346 3361 3362 3364 3366 3371 3372 3375 3377 3378 3379 3381 3382 3385 "
        + "3386 3391 3394 3395 3421 3423 3425 3431 3433 3435 3437 3441 3443 3445 3447 3448 3461 "
        + "3462 3464 3466 3471 3473 3475 3476 3491 3493 3494 3496 3501 3504 3521 3522 3523 3525 "
        + "3528 3529 3531 3533 3535 3537 3541 3542 3544 3546 3561 3562 3563 3564 3571 3573 3574 "
        + "3576 3578 3581 3583 3585 3586 3588 3591 3592 3594 3596 3601 3603 3605 3606 3621 3622 "
        + "3623 3624 3628 3629 3631 3632 3634 3635 3636 3641 3643 3644 3647 3661 3663 3671 3672 "
        + "3675 3677 3679 3681 3682 3683 3685 3686 3691 3693 3695 3721 3722 3723 3724 3725 3726 "
        + "3727 3731 3733 3735 3737 3741 3744 3745 3761 3762 3763 3764 3765 3771 3772 3773 3774 "
        + "3821 3831 3834 3836 3838 3841 3843 3844 3847 3860 3861 3862 3863 3864 3865 3866 3867 "
        + "3868 3869 3871 3874 3876 3877 3881 3883 3886 3901 3902 3904 3907 3909 3921 3923 3925 "
        + "3928 3931 3933 3935 3937 3941 3943 3944 3946 3947 3949 3961 3962 3963 3964 3965 3966 "
        + "3967 3968 3969 3971 3973 3976 3981 3984 3987 3991 3994 3996 3998", "0xxxx *"),
    Entry("15", "0xxxxx *"), Entry("151 152 157 159", "0xxxx *"), Entry("16 17", "0xxx *"),
    Entry("15 16 17", "0xxx xx *", lengths: "12-13"),
    Entry("152 157 159", "0xxxx xx *", lengths: "13"),
    Entry("18 800", "0xxx *"), Entry("164 168 169", "*"), Entry("180 13 900", "0xxx x *"),
    Entry("138 181", "0xxx *"),
    Entry("18500", "0xxxxx *"), Entry("186 188", "0xxxx *"), Entry("700", "0xxx xxxx xxxx"),
  ]

  private static let france = [
    Entry("1 2 3 4 5 6 7 9", "0x xx xx xx xx"), Entry("8", "0 xxx xx xx xx"),
  ]

  private static let spain = [
    Entry("4 5 6 7 8 9", "xxx xx xx xx"), Entry("800 900", "xxx xxx xxx"),
  ]

  private static let italy = [
    Entry("02 06", "xx *", lengths: "6-8"), Entry("02 06", "xx xxx xxxx", lengths: "9"),
    Entry("02 06", "xx xxxx xxxx", lengths: "10"), Entry("02 06", "xx xxxx xxxxx", lengths: "11"),
    Entry("0", "xxxx *", lengths: "6-10"), Entry("0", "xxxx xxx xxxx", lengths: "11"),
    Entry("0", "xxx xxxx xxxxx", lengths: "12"),
    Entry(
      "010 011 015 019 030 031 035 039 040 041 045 049 050 051 055 059 070 071 075 079 "
        + "080 081 085 089 090 091 095 099", "xxx *", lengths: "6-9"),
    Entry(
      "010 011 015 019 030 031 035 039 040 041 045 049 050 051 055 059 070 071 075 079 "
        + "080 081 085 089 090 091 095 099", "xxx xxx xxxx", lengths: "10"),
    Entry(
      "010 011 015 019 030 031 035 039 040 041 045 049 050 051 055 059 070 071 075 079 "
        + "080 081 085 089 090 091 095 099", "xxx xxxx xxxx", lengths: "11"),
    Entry("1 3 7 8 43", "xxx xxx *"), Entry("3", "xxx xxxx *", lengths: "11-12"),
    Entry("55", "xx xxxx xxxx"), Entry("803 841 847 892 893 894 895", "xxx *", lengths: "6"),
    Entry("894", "xxxx xxxx", lengths: "8"),
  ]

  private static let netherlands = [
    Entry("1 2 3 4 5 7 8 91", "0xx xxx xxxx"), Entry("6", "0x xxxxxxxx"),
    Entry("66", "0xx xxxxxxx"),
    Entry(
      "111 113 114 115 117 118 161 162 164 165 166 167 168 172 174 180 181 182 183 184 186 187 "
        + "222 223 224 226 227 228 229 251 252 255 294 297 299 313 314 315 316 317 318 320 321 "
        + "341 342 343 344 345 346 347 348 411 412 413 416 418 475 478 481 485 486 487 488 492 493 "
        + "495 497 499 511 512 513 514 515 516 517 518 519 521 522 523 524 525 527 528 529 541 543 "
        + "544 545 546 547 548 561 562 566 570 571 572 573 575 577 578 591 592 593 594 595 596 597 "
        + "598 599", "0xxx xxx xxx"),
    Entry("80 90", "0xxx *"), Entry("9", "0xxx xxx xxxxx", lengths: "11"),
    Entry("14", "xx *", lengths: "5-6"),
  ]

  private static let sweden = [
    Entry("8", "0x-xxx xx", lengths: "6"), Entry("8", "0x-xx xx xx", lengths: "7"),
    Entry("8", "0x-xxx xx xx", lengths: "8"), Entry("8", "0x-xxx xxx xx", lengths: "9"),
    Entry("1 2 3 4 5 6 9", "0xxx-xx xx", lengths: "7"),
    Entry("1 2 3 4 5 6 9", "0xxx-xxx xx", lengths: "8"),
    Entry("1 2 3 4 5 6 9", "0xxx-xx xx xx", lengths: "9"),
    Entry(twoDigitSweden, "0xx-xxx xx", lengths: "7"),
    Entry(twoDigitSweden, "0xx-xx xx xx", lengths: "8"),
    Entry(twoDigitSweden, "0xx-xxx xx xx", lengths: "9"),
    Entry("10 7", "0xx-xxx xx xx"), Entry("20", "0xx-xx xx", lengths: "6"),
    Entry("20", "0xx-xxx xx", lengths: "7"),
    Entry("900 939 944", "0xxx-xxxx", lengths: "7"), Entry("99", "0xxx-xxxx", lengths: "7"),
    Entry("900 939 944", "0xxx-xx xxx", lengths: "8"),
    Entry("900 939 944", "0xxx-xxx xxx", lengths: "9"),
    Entry("9", "0xxx-xx xx xxx", lengths: "10"), Entry("2 6", "0xxx-xx xxx xx xx", lengths: "12"),
  ]

  private static let twoDigitSweden =
    "11 13 16 18 19 20 21 23 26 31 33 35 36 40 42 44 46 54 60 63 901 902 903 904 905 906 907 908 909"

  private static let australia = [
    Entry("2 3 7 8", "(0x) xxxx xxxx"), Entry("4 14", "0xxx xxx xxx"),
    Entry("13", "xx xx xx", lengths: "6"), Entry("130 18 19", "xxxx xxx xxx", lengths: "10"),
    Entry("130", "xxxx xxxx xxxx", lengths: "12"), Entry("180", "xxx xxxx", lengths: "7"),
    Entry("16", "0xx *", lengths: "5-6"), Entry("16", "0xx xxx *", lengths: "7-9"),
    Entry("19", "xxx xxx", lengths: "6"), Entry("19", "xxxx *", lengths: "7-8"),
  ]

  private static let newZealand = [
    Entry("24 3 4 6 7 9", "0x xxx xxxx"), Entry("2 5 80 88 90", "0xxx xxx *"),
    Entry("1 20 22 28", "0xx xxx xxxx", lengths: "9"),
    Entry("1 20 22 28", "0xx xxxx xxxx", lengths: "10"),
    Entry("21 23 25 26 27 29 70", "0xx xxx *"), Entry("210 274", "0xxx xxx *"),
    Entry("500 503 506 507 5088 80 88 90", "0xxx xx *", lengths: "7-8"),
    Entry("81 82 83 84 85 86 87 89", "0xx *"),
  ]

  private static let southAfrica = [
    Entry("1 2 3 4 5 6 7 8 9", "0xx xxx xxxx"), Entry("860", "0xxx xxx xxx"),
    Entry("861", "0xxx xxx xxxx", lengths: "10"),
    Entry("81 82 83 84", "0xx *", lengths: "5-6"),
    Entry("81 82 83 84", "0xx xxx *", lengths: "7-8"),
  ]

  /// Area codes of three digits stand in the list; where landlines and mobiles share leading
  /// digits (6 to 8), all are grouped as mobiles.
  private static let india = [
    Entry("1 2 3 4 5", "0xxxx xxx xxx"), Entry("6 7 8 9", "0xxxxx xxxxx"),
    Entry("11 20 22 33 40 44 791 792 793 794 795 802 803 804", "0xx xxxx xxxx"),
    Entry(
      "120 121 122 124 129 130 131 132 135 141 144 145 151 154 160 161 162 163 164 165 166 "
        + "167 168 169 171 172 175 177 180 181 182 183 184 185 186 187 188 189 191 194 212 215 "
        + "217 230 231 233 240 241 250 251 253 257 260 261 265 268 278 281 285 286 288 291 294 "
        + "326 341 342 343 353 354 360 361 364 368 369 370 372 373 374 376 381 385 389 413 416 "
        + "421 422 423 424 427 431 435 451 452 460 461 462 466 467 468 469 470 471 472 474 475 "
        + "476 477 478 479 480 481 483 484 485 487 490 491 494 495 496 497 510 512 515 522 532 "
        + "535 542 548 551 552 562 565 571 581 591 595 612 621 631 641 651 657 661 663 671 674 "
        + "680 712 731 788 816 820 821 824 831 832 836 861 863 866 877 878 883", "0xxx xxx xxxx"),
    Entry("140", "xxx xxx xxxx"), Entry("1600 1601", "xxxxx xxxxx"),
    Entry("1800", "xxxx *", lengths: "8-9"), Entry("1800 1860", "xxxx xx xxxx", lengths: "10"),
    Entry("1800 1860", "xxxx xxx xxxx", lengths: "11"),
    Entry("1800 1860", "xxxx xxxx xxxx", lengths: "12"),
    Entry("1800 1803 1860 1861 1862", "xxxx xxx xxx xxx", lengths: "13"),
    Entry("000800", "xxx xxx xxx xxxx"),
  ]
}

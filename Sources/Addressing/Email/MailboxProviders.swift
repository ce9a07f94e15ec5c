/// Providers at which anybody has a mailbox, so that an address tells nothing about a company.
///
/// The large ones of the countries that AIOM knows holidays of; no list is complete, and a missing one
/// is counted like a company's domain.
public enum MailboxProviders {
  private static let domains: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com",
    "hotmail.co.uk", "hotmail.fr", "hotmail.it", "hotmail.es", "hotmail.de", "outlook.fr",
    "outlook.de", "outlook.es", "outlook.it", "live.nl", "live.fr", "live.co.uk", "yahoo.com",
    "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.in", "yahoo.co.in",
    "yahoo.com.au", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.com",
    "proton.me", "protonmail.com", "pm.me", "zoho.com", "fastmail.com", "mail.com", "gmx.com",
    "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de",
    "mailbox.org", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr",
    "libero.it", "virgilio.it", "alice.it", "tin.it", "tiscali.it", "telefonica.net", "ziggo.nl",
    "kpnmail.nl", "planet.nl", "xs4all.nl", "home.nl", "telia.com", "bredband.net", "comhem.se",
    "btinternet.com", "sky.com", "virginmedia.com", "talktalk.net", "ntlworld.com",
    "bigpond.com", "bigpond.net.au", "optusnet.com.au", "iinet.net.au", "xtra.co.nz",
    "mweb.co.za", "vodamail.co.za", "telkomsa.net", "rediffmail.com", "comcast.net",
    "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net",
    "earthlink.net", "mail.ru", "yandex.com", "qq.com", "163.com",
  ]

  /// Whether the domain, in lower case, is one of theirs.
  public static func isOne(_ domain: String) -> Bool { domains.contains(domain) }
}

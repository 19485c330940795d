using System.Collections.Frozen;

namespace ProspectOps.Prospects.Scoring;

/// <summary>The commonest ones, for where nobody binds a fuller list.</summary>
internal sealed class CommonFreeMailDomains : IFreeMailDomains
{
    private static readonly FrozenSet<string> Domains = FrozenSet.ToFrozenSet(
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "ymail.com", "outlook.com", "outlook.de", "outlook.fr",
        "hotmail.com", "hotmail.co.uk", "hotmail.de", "hotmail.fr", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com",
        "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.com", "mail.ru",
        "yandex.ru", "yandex.com", "proton.me", "protonmail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "virgilio.it",
        "wp.pl", "o2.pl", "onet.pl", "seznam.cz", "btinternet.com", "comcast.net", "verizon.net", "att.net", "qq.com", "163.com", "126.com",
        "naver.com", "uol.com.br", "zoho.com", "fastmail.com",
    ], StringComparer.Ordinal);

    public bool Contains(string domain) => Domains.Contains(domain);
}

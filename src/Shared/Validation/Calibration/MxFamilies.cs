namespace ProspectOps.Validation.Calibration;

/// <summary>Tells by its name who runs a mail server.</summary>
internal static class MxFamilies
{
    private static readonly (string Suffix, MxFamily Family)[] Known =
    [
        ("google.com", MxFamily.Google), ("googlemail.com", MxFamily.Google), ("smtp.goog", MxFamily.Google),
        ("outlook.com", MxFamily.Microsoft), ("hotmail.com", MxFamily.Microsoft), ("mx.microsoft", MxFamily.Microsoft), ("office365.us", MxFamily.Microsoft),
        ("yahoodns.net", MxFamily.Yahoo), ("icloud.com", MxFamily.Apple), ("apple.com", MxFamily.Apple),
        ("zoho.com", MxFamily.Zoho), ("zoho.eu", MxFamily.Zoho), ("zoho.in", MxFamily.Zoho), ("zohomail.com", MxFamily.Zoho),
        ("pphosted.com", MxFamily.Gateway), ("ppe-hosted.com", MxFamily.Gateway), ("mimecast.com", MxFamily.Gateway), ("mimecast.co.za", MxFamily.Gateway),
        ("barracudanetworks.com", MxFamily.Gateway), ("messagelabs.com", MxFamily.Gateway), ("iphmx.com", MxFamily.Gateway), ("trendmicro.com", MxFamily.Gateway),
        ("trendmicro.eu", MxFamily.Gateway), ("hornetsecurity.com", MxFamily.Gateway), ("antispameurope.com", MxFamily.Gateway), ("sophos.com", MxFamily.Gateway),
        ("fireeyecloud.com", MxFamily.Gateway), ("mailspamprotection.com", MxFamily.Gateway), ("retarus.com", MxFamily.Gateway),
        ("kundenserver.de", MxFamily.Hosting), ("ionos.com", MxFamily.Hosting), ("ionos.de", MxFamily.Hosting), ("1and1.com", MxFamily.Hosting), ("ovh.net", MxFamily.Hosting),
        ("rzone.de", MxFamily.Hosting), ("secureserver.net", MxFamily.Hosting), ("gandi.net", MxFamily.Hosting), ("hostinger.com", MxFamily.Hosting),
        ("strato.de", MxFamily.Hosting), ("one.com", MxFamily.Hosting), ("registrar-servers.com", MxFamily.Hosting), ("aruba.it", MxFamily.Hosting),
        ("infomaniak.ch", MxFamily.Hosting), ("titan.email", MxFamily.Hosting), ("emailsrvr.com", MxFamily.Hosting), ("hosteurope.de", MxFamily.Hosting),
    ];

    /// <param name="hosts">A domain's mail servers, the preferred one first, in lower case.</param>
    public static MxFamily Of(IReadOnlyList<string> hosts)
    {
        if (hosts.Count == 0)
            return MxFamily.None;
        foreach (var (suffix, family) in Known)
        {
            if (hosts[0].EndsWith(suffix, StringComparison.Ordinal) && (hosts[0].Length == suffix.Length || hosts[0][^(suffix.Length + 1)] == '.'))
                return family;
        }
        return MxFamily.Other;
    }
}

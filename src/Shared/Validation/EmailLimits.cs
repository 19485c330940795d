namespace ProspectOps.Validation;

/// <summary>Sizes in octets: RFC 5321 §4.5.3.1, RFC 1035 §2.3.4.</summary>
internal static class EmailLimits
{
    public const int Local = 64;
    public const int Domain = 253;
    public const int Label = 63;
    public const int Address = 254;
}

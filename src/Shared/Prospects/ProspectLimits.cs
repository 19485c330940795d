namespace ProspectOps.Prospects;

/// <summary>The longest values of a prospect's fields, in UTF-16 units.</summary>
public static class ProspectLimits
{
    /// <summary>Kept of an address; 254 octets are the most that can be one, and what is longer is judged, not refused.</summary>
    public const int Email = 1_000;
    public const int Name = 200;
    public const int Title = 300;
    public const int Company = 300;
    public const int CompanyDomain = 300;
    public const int Country = 100;
    public const int LinkedinUrl = 500;
    public const int Notes = 10_000;
    public const int CustomName = 100;
    public const int CustomValue = 5_000;
    public const int CustomFields = 100;
    public const int Employees = 10_000_000;
}

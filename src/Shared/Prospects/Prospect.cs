namespace ProspectOps.Prospects;

/// <summary>A person as the caller knows them. At least one of e-mail, LinkedIn address, or last name with company.</summary>
public sealed record Prospect
{
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Title { get; init; }
    public string? Company { get; init; }
    public string? CompanyDomain { get; init; }
    public int? Employees { get; init; }
    public string? Country { get; init; }
    public string? LinkedinUrl { get; init; }
    public string? Notes { get; init; }
    public IReadOnlyDictionary<string, string>? Custom { get; init; }
}

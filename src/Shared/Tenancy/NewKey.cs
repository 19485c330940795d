using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

/// <summary>What somebody wants a key to be.</summary>
public sealed record NewKey(
    string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedNetworks, int? RateLimitPerMinute, QuotaSettings? Quotas, int? RotateEveryDays)
{
    private const int MostRequestsPerMinute = 10_000_000;
    private const int MostNetworks = 50;
    private const int MostScopes = 50;
    private const int MostDays = 3650;

    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public void Check(DateTimeOffset now)
    {
        var errors = new FieldErrors();
        errors.Require(Name is { Length: <= 200 } && !string.IsNullOrWhiteSpace(Name), "name", "must be 1 to 200 characters");
        errors.Require(Scopes is { Count: > 0 and <= MostScopes }, "scopes", $"must name 1 to {MostScopes} scopes");
        foreach (var (index, scope) in (Scopes ?? []).Index())
            errors.Require(Scope.IsKnown(scope), $"scopes[{index}]", $"must be * or one of {string.Join(", ", Scope.Areas)} with :read or :write");
        errors.Require(ExpiresAt is null || ExpiresAt > now, "expiresAt", "must lie in the future");
        errors.Require(AllowedNetworks is null or { Count: <= MostNetworks }, "allowedNetworks", $"must be at most {MostNetworks} networks");
        foreach (var (index, network) in (AllowedNetworks ?? []).Index())
            errors.Require(AllowedNetwork.TryParse(network, out _), $"allowedNetworks[{index}]", "must be a network such as 203.0.113.0/24 or 2001:db8::/32");
        errors.Require(RateLimitPerMinute is null or (>= 1 and <= MostRequestsPerMinute), "rateLimitPerMinute", $"must be 1 to {MostRequestsPerMinute}");
        errors.Require(RotateEveryDays is null or (>= 1 and <= MostDays), "rotateEveryDays", $"must be 1 to {MostDays}");
        Quotas?.Check(errors);
        errors.ThrowIfAny();
    }
}

namespace ProspectOps.Tenancy.Requests;

/// <summary>Which requests are wanted; null for all.</summary>
/// <param name="FromStatus">The lowest status, such as 400.</param>
/// <param name="ToStatus">The highest, such as 499.</param>
public sealed record RequestFilter(string? KeyId, int? FromStatus, int? ToStatus, DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Matches(RequestRecord request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (KeyId is null || request.KeyId == KeyId)
            && (FromStatus is null || request.Status >= FromStatus)
            && (ToStatus is null || request.Status <= ToStatus)
            && (From is null || request.At >= From)
            && (To is null || request.At < To);
    }
}

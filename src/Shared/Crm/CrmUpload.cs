namespace ProspectOps.Crm;

/// <summary>A list of addresses that a CRM handed over.</summary>
public sealed record CrmUpload
{
    public required string UploadId { get; init; }

    /// <summary>The file that holds the addresses; null where they came with the request.</summary>
    public string? FileId { get; init; }
    public required Uri CallbackUrl { get; init; }

    /// <summary>The key that the result is signed with.</summary>
    public required string KeyId { get; init; }
    public CrmUploadStatus Status { get; init; }

    /// <summary>The validation job that checks it.</summary>
    public required string JobId { get; init; }
    public long Total { get; init; }
    public long Done { get; init; }
    public IReadOnlyDictionary<string, long> ByVerdict { get; init; } = new Dictionary<string, long>();
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while addresses are being checked.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether everybody was told.</summary>
    public bool IsTold { get; init; }

    /// <summary>Null while no process is at it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
    public string? Owner { get; init; }

    /// <summary>Row of table <c>Due</c> that reminds of it.</summary>
    public required string DueRow { get; init; }
    public string? Version { get; init; }
}

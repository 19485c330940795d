namespace ProspectOps.Platform.Errors;

/// <summary>A refusal that the caller can act on.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Part of the API's contract: stable, snake_case.</param>
/// <param name="Detail">One sentence for people; returned and logged, so never personal data.</param>
public sealed record DomainError(ErrorKind Kind, string Code, string Detail)
{
    /// <summary>What the caller can do about it, in one sentence.</summary>
    public string? Fix { get; init; }

    /// <summary>Field path to messages, such as <c>prospects[3].employees</c>.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>How long to wait before it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When what is used up is there again; null where that is not the trouble.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}

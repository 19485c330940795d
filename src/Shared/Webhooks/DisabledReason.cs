namespace ProspectOps.Webhooks;

/// <summary>Why an endpoint is disabled, as the API says it.</summary>
public static class DisabledReason
{
    /// <summary>No attempt at its challenge was answered 2xx.</summary>
    public const string Unverified = "unverified";

    /// <summary>It answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>Every attempt of five days failed.</summary>
    public const string Failing = "failing";

    public const string ByUser = "by_user";
}

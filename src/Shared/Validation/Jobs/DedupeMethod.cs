using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Jobs;

/// <summary>When two rows of a list count as the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DedupeMethod>))]
public enum DedupeMethod
{
    /// <summary>The same mailbox by <see cref="EmailAddress.Canonical"/>; what is no address is never a duplicate.</summary>
    [JsonStringEnumMemberName("canonical")] Canonical,

    /// <summary>The same text, surrounding white space aside.</summary>
    [JsonStringEnumMemberName("exact")] Exact,

    /// <summary>The same text without regard to case.</summary>
    [JsonStringEnumMemberName("caseInsensitive")] CaseInsensitive,

    /// <summary>The same domain: one address of each stands for all.</summary>
    [JsonStringEnumMemberName("domain")] Domain,

    [JsonStringEnumMemberName("none")] None,
}

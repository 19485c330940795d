using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

/// <summary>Who takes mail for the domain. <c>Found</c> is null where DNS was not or could not be asked.</summary>
public sealed record MxCheck([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? Found, IReadOnlyList<string> Hosts, bool NullMx)
{
    public static MxCheck NotAsked { get; } = new(null, [], false);
}

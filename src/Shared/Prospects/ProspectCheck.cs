using System.Diagnostics.CodeAnalysis;

namespace ProspectOps.Prospects;

/// <summary>What became of a record: a prospect, or why it is none.</summary>
/// <param name="Prospect">Normalised; null where it is rejected.</param>
/// <param name="Field">The JSON name of the field at fault; null where the whole record is.</param>
/// <param name="Rejection">One sentence without the value; null where it is accepted.</param>
public sealed record ProspectCheck(Prospect? Prospect, string? Field, string? Rejection)
{
    [MemberNotNullWhen(true, nameof(Prospect))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Prospect is not null;
}

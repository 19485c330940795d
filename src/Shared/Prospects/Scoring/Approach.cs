using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>Says how to begin, in one or two sentences made of the pack's phrases.</summary>
internal static class Approach
{
    public static string For(PackRules rules, Persona? persona, bool titleKnown, BuyingTrigger? trigger)
    {
        var pain = persona is null ? null : rules.Pack.Pains.First(pain => pain.Id == persona.Pains[0]);
        var value = ValueFor(rules.Pack, persona);
        var opening = (persona, trigger) switch
        {
            ({ } known, { } sign) => $"The company seems to be {sign.Phrase}: open with that, and ask how they are dealing with {pain!.Phrase}, being responsible for {known.Focus}.",
            ({ } known, null) => $"Ask how they are dealing with {pain!.Phrase}, being responsible for {known.Focus}.",
            (null, { } sign) => $"The company seems to be {sign.Phrase}: open with that, and ask who is responsible for {rules.Buyer.Focus}.",
            _ => $"First find out who is responsible for {rules.Buyer.Focus}: {(titleKnown ? "the title does not point to this person" : "this person's title is unknown")}.",
        };
        return $"{opening} Then show how you help {rules.Pack.Audience} {value.Phrase}.";
    }

    // What eases the sharpest pain that anything eases.
    private static ValueProposition ValueFor(IndustryPack pack, Persona? persona) =>
        (persona?.Pains ?? [])
            .Select(pain => pack.ValuePropositions.FirstOrDefault(value => value.Pains.Contains(pain)))
            .FirstOrDefault(value => value is not null)
        ?? pack.ValuePropositions[0];
}

using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>A trigger and what betrayed it.</summary>
/// <param name="Field">Such as <c>notes</c> or <c>custom.Last call</c>.</param>
/// <param name="Words">The words as they were written.</param>
/// <param name="Around">The same with a few words before and behind.</param>
internal sealed record FoundTrigger(BuyingTrigger Trigger, string Field, string Words, string Around);

namespace ProspectOps.Clay;

/// <summary>Batches of people that become one workflow: written down first, so that whoever goes on after a crash makes the same one.</summary>
/// <param name="Seed">Of the workflow's id.</param>
/// <param name="Batches">Row keys.</param>
public sealed record InboundClaim(string Seed, IReadOnlyList<string> Batches);

using Microsoft.Extensions.Options;
using ProspectOps.Research;

namespace ProspectOps.Tests.Research;

/// <summary>The packs as the app reads them.</summary>
internal static class ShippedPacks
{
    public static PackLibrary Library { get; } = new(Options.Create(new ResearchOptions()));

    public static IndustryPack Of(string id) => Library.Find(id) ?? throw new InvalidOperationException($"No pack {id}.");

    public static TheoryData<string> Ids => [.. Library.All.Select(pack => pack.Id)];
}

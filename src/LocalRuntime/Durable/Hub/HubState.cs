namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>All that the hub's processes say of themselves and to each other.</summary>
internal sealed record HubState(IReadOnlyList<HubMember> Members, IReadOnlyDictionary<int, PartitionClaim> Claims, IReadOnlyList<HubBell> Bells);

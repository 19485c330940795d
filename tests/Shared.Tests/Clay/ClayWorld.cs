using System.Text.Json;
using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Clay;
using ProspectOps.Inbound;
using ProspectOps.Operations;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Clay;

/// <summary>A campaign that Clay sends rows to, on a store that outlives the processes that take them.</summary>
internal sealed class ClayWorld
{
    public static readonly TenantId Tenant = TenantId.Parse("acme");
    public static readonly string CampaignId = $"cmp_{new string('0', 26)}";

    public FakeClock Clock { get; } = new();

    public InMemoryStorage Storage { get; } = new();

    public InboundCaller Caller => new(new InboundKey(new string('0', 26), Tenant, InboundPurpose.Clay, CampaignId, Clock.Now, null), null, false);

    /// <summary>A process that takes rows.</summary>
    public ClayInboundService Process(IStorage? storage = null)
    {
        storage ??= Storage;
        return new ClayInboundService(
            new ClayRowStore(storage), new ClayInboundStore(storage), new CampaignProspectStore(storage), new DueStore(storage, Clock), new IdSource(Clock), Options.Create(new ClayOptions()), Clock);
    }

    public Task<InboundReply> TakeAsync(object rows, IStorage? storage = null) => Process(storage).AcceptAsync(Caller, JsonSerializer.SerializeToElement(rows), default);

    /// <summary>Everybody who waits for the pipeline, as often as they do.</summary>
    public async Task<IReadOnlyList<InboundPerson>> WaitingAsync()
    {
        var store = new ClayInboundStore(Storage);
        return await store.PeopleAsync(Tenant, await store.WaitingAsync(Tenant, CampaignId, 1000, int.MaxValue, default), default) ?? [];
    }
}

using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Ids;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>Makes a workflow of the people whom Clay brought into a campaign: one at a time for each campaign, and none while another runs on it.</summary>
/// <remarks>
/// So two workflows never write the same person. What comes meanwhile waits for the next. The claim is written down before the workflow is made,
/// and taken away with its batches afterwards: a crash in between leaves it to whoever comes next, who makes the same workflow.
/// </remarks>
public sealed class ClayIntake(
    ClayInboundStore inbound, ClayRowStore rows, CampaignStore campaigns, CampaignProspectStore people, WorkflowStore workflows, PipelineService pipeline, DueStore due, IdSource ids, TimeProvider clock)
{
    public const string Kind = "clay-inbound";

    private const int MostBatches = 50;
    private const int MostPeople = 1000;
    private const int LookupsAtOnce = 8;

    /// <summary>How long a reminder may come before its rows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Does what a message says; one that names no tenant is dropped.</summary>
    public async Task RunAsync(ClayInboundMessage message, IWorkflowClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (TenantId.TryRecorded(message.TenantId, out var tenant))
            await RunAsync(tenant, message.CampaignId, client, cancellationToken);
    }

    /// <returns>False where people wait on.</returns>
    public async Task<bool> RunAsync(TenantId tenant, string campaignId, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var claim = await inbound.ClaimAsync(tenant, campaignId, cancellationToken);
        if (claim is null)
        {
            var batches = await inbound.WaitingAsync(tenant, campaignId, MostBatches, MostPeople, cancellationToken);
            if (batches.Count == 0)
                return true;
            if (await campaigns.FindAsync(tenant, campaignId, cancellationToken) is { Status: CampaignStatus.Running })
                return false;
            claim = new InboundClaim(ids.NewSuffix(), batches);
            if (!await inbound.TryClaimAsync(tenant, campaignId, claim, cancellationToken))
                return false;
        }
        await CarryOutAsync(tenant, campaignId, claim, client, cancellationToken);
        return false; // there may be more
    }

    /// <summary>Looks at every campaign for which people wait; their messages may be lost, or came while a workflow ran.</summary>
    public async Task SweepAsync(IWorkflowClient client, bool othersAreDead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var seen = new Dictionary<(TenantId, string), bool>();
        await due.ForEachAsync(Kind, othersAreDead ? now + Patience : now, async item =>
        {
            if (!seen.TryGetValue((item.Tenant, item.Id), out var nobodyWaits))
                seen[(item.Tenant, item.Id)] = nobodyWaits = await RunAsync(item.Tenant, item.Id, client, cancellationToken);
            if (nobodyWaits && item.At < now - Patience)
                await due.RemoveAsync(Kind, item.Row, cancellationToken);
        }, cancellationToken);
    }

    private async Task CarryOutAsync(TenantId tenant, string campaignId, InboundClaim claim, IWorkflowClient client, CancellationToken cancellationToken)
    {
        // Where the workflow is there, its people are kept: they must not be written again while it reads them.
        if (await workflows.FindAsync(tenant, $"wf_{claim.Seed}", cancellationToken) is null)
        {
            if (await inbound.PeopleAsync(tenant, claim.Batches, cancellationToken) is not { } waiting)
            {
                // Somebody else carried it out, or one whose batches these were too, before this claim was written: then it must not stay in the way.
                await inbound.DropAsync(tenant, campaignId, claim, cancellationToken);
                return;
            }
            if (await campaigns.FindAsync(tenant, campaignId, cancellationToken) is { } campaign)
                await pipeline.StartJoinAsync(tenant, campaign, await MergeAsync(tenant, campaignId, waiting, cancellationToken), claim.Seed, client, cancellationToken);
        }
        await inbound.FulfilAsync(tenant, campaignId, claim, cancellationToken);
    }

    /// <summary>Each person once, what came in put over what the campaign knows.</summary>
    private async Task<IReadOnlyList<KeyedProspect>> MergeAsync(TenantId tenant, string campaignId, IReadOnlyList<InboundPerson> waiting, CancellationToken cancellationToken)
    {
        var groups = waiting.GroupBy(person => person.ProspectKey).ToArray();
        var merged = new KeyedProspect[groups.Length];
        await Parallel.ForEachAsync(groups.Index(), new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken }, async (group, token) =>
        {
            var key = group.Item.Key;
            var prospect = (await people.FindAsync(tenant, campaignId, key, token))?.Prospect;
            foreach (var row in group.Item)
                prospect = ProspectMerge.Merge(prospect, row.Prospect);
            merged[group.Index] = new KeyedProspect(key, prospect!);
            // Found an address, the person would be taken for another when next seen without the row's id.
            var identity = ProspectKey.Of(tenant.Value, prospect!);
            if (identity != key)
                await rows.AddAliasAsync(tenant, campaignId, identity, key, token);
        });
        return merged;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Inbound;
using ProspectOps.Operations;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>Takes rows of a Clay table: each counts once by its id and content, and waits, written down, for the pipeline.</summary>
/// <remarks>
/// The row and the wait of its person are one transaction under the row's version. So the same row twice, at once or after a lost answer,
/// in this process or another, is taken once.
/// </remarks>
public sealed class ClayInboundService(
    ClayRowStore rows, ClayInboundStore inbound, CampaignProspectStore people, DueStore due, IdSource ids, IOptions<ClayOptions> options, TimeProvider clock)
{
    // A row is at most four writes, a batch one, a transaction a hundred.
    private const int RowsInTransaction = 20;
    private const int Attempts = 20;
    private const int LookupsAtOnce = 8;
    private const int MostKept = 10_000;

    /// <summary>What a message is given before the sweeper looks.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(TenantId, string), long> _reminded = new();

    /// <exception cref="Platform.Errors.DomainException">The request as a whole cannot be used.</exception>
    public async Task<InboundReply> AcceptAsync(InboundCaller caller, JsonElement body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.IsReplay)
            return new InboundReply(0, 0, []);
        var (tenant, campaignId) = (caller.Key.Tenant, caller.Key.CampaignId!);
        var (read, rejected) = InboundRowReader.Read(body);
        var allRejected = new List<RejectedInboundRow>(rejected);
        if (read.Count == 0)
            return new InboundReply(0, 0, allRejected);

        var remind = await RemindAsync(tenant, campaignId, cancellationToken);
        int accepted = 0, updated = 0;
        foreach (var chunk in read.Chunk(RowsInTransaction))
        {
            var taken = await TakeAsync(tenant, campaignId, chunk, cancellationToken);
            accepted += taken.Accepted;
            updated += taken.Updated;
            allRejected.AddRange(taken.Rejected);
        }
        if (remind is { } delay && accepted + updated > 0)
            await inbound.SendAsync(tenant, campaignId, delay, cancellationToken);
        return new InboundReply(accepted, updated, [.. allRejected.OrderBy(row => row.Index)]);
    }

    private async Task<InboundReply> TakeAsync(TenantId tenant, string campaignId, IReadOnlyList<InboundRow> chunk, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var taking = new Taking(tenant, campaignId, clock.GetUtcNow());
            await LookUpAsync(taking, chunk, cancellationToken);
            foreach (var row in chunk)
                taking.Add(row);
            if (taking.People.Count == 0)
                return taking.Reply;
            var batch = await inbound.BatchAsync(tenant, campaignId, ids.NewSuffix(), taking.People, cancellationToken);
            if (await rows.TryWriteAsync([batch, .. taking.Writes()], cancellationToken))
                return taking.Reply;
        }
        throw new TimeoutException($"Rows changed under {Attempts} attempts to take them.");
    }

    private Task LookUpAsync(Taking taking, IReadOnlyList<InboundRow> chunk, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(chunk, new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken }, async (row, token) =>
        {
            if (row.PoRowId is { } id)
            {
                var known = await rows.FindAsync(taking.Tenant, taking.CampaignId, id, token);
                taking.Rows[id] = known;
                if (known is not null)
                    return;
            }
            if (!ProspectRules.Check(row.Prospect).IsAccepted)
                return;
            var identity = ProspectKey.Of(taking.Tenant.Value, row.Prospect);
            var person = await rows.FindPersonAsync(taking.Tenant, taking.CampaignId, identity, token);
            taking.Persons[identity] = person;
            var key = person?.ProspectKey ?? identity;
            taking.InCampaign[key] = await people.IsInAsync(taking.Tenant, taking.CampaignId, key, token);
        });

    /// <summary>Writes the reminder of this moment's rows, before them.</summary>
    /// <returns>When the message is to arrive; null where another request of the same moment sends it.</returns>
    private async Task<TimeSpan?> RemindAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken)
    {
        var gather = TimeSpan.FromSeconds(options.Value.GatherSeconds);
        var now = clock.GetUtcNow();
        var end = new DateTimeOffset((now.UtcTicks / gather.Ticks + 1) * gather.Ticks, TimeSpan.Zero);
        if (_reminded.Count > MostKept)
            _reminded.Clear();
        var isFirst = !_reminded.TryGetValue((tenant, campaignId), out var reminded) || reminded != end.UtcTicks;
        if (!isFirst)
            return null;
        await due.AddAsync(ClayIntake.Kind, DueStore.RowOf(end + Grace, tenant, campaignId), cancellationToken);
        // Two requests at once may both be the first: a message too many finds nothing to do.
        _reminded[(tenant, campaignId)] = end.UtcTicks;
        return end - now;
    }

    /// <summary>One attempt to take some rows: what the store says of them, and what follows.</summary>
    private sealed class Taking(TenantId tenant, string campaignId, DateTimeOffset now)
    {
        private readonly Dictionary<string, ClayRow> _rowsAfter = new(StringComparer.Ordinal);
        private readonly Dictionary<string, KnownPerson> _personsAfter = new(StringComparer.Ordinal);
        private readonly HashSet<string> _metHere = new(StringComparer.Ordinal);
        private readonly List<RejectedInboundRow> _rejected = [];
        private int _accepted;
        private int _updated;

        public TenantId Tenant => tenant;
        public string CampaignId => campaignId;
        public ConcurrentDictionary<string, ClayRow?> Rows { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, KnownPerson?> Persons { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, bool> InCampaign { get; } = new(StringComparer.Ordinal);
        public List<InboundPerson> People { get; } = [];
        public InboundReply Reply => new(_accepted, _updated, _rejected);

        public void Add(InboundRow row)
        {
            var known = row.PoRowId is { } id ? _rowsAfter.GetValueOrDefault(id) ?? Rows[id] : null;
            if (known is not null)
            {
                if (known.Content == row.Content)
                    return;
                _rowsAfter[known.PoRowId] = known with { Content = row.Content, ReturnedAt = known.Sends > 0 || known.QueuedBy is not null ? now : null };
                Take(known.ProspectKey, row, isKnown: true);
                return;
            }
            if (ProspectRules.Check(row.Prospect) is { IsAccepted: false, Rejection: var reason })
            {
                _rejected.Add(new RejectedInboundRow(row.Index, reason));
                return;
            }
            var identity = ProspectKey.Of(tenant.Value, row.Prospect);
            var person = _personsAfter.GetValueOrDefault(identity) ?? Persons.GetValueOrDefault(identity);
            var key = person?.ProspectKey ?? identity;
            if (row.PoRowId is { } own)
            {
                _rowsAfter[own] = new ClayRow { Tenant = tenant, CampaignId = campaignId, PoRowId = own, ProspectKey = key, Content = row.Content };
            }
            else
            {
                if (person?.Content == row.Content)
                    return;
                _personsAfter[identity] = (person ?? new KnownPerson(campaignId, identity, key, null, null)) with { Content = row.Content };
            }
            Take(key, row, InCampaign.GetValueOrDefault(key) || person?.Content is not null);
        }

        public IEnumerable<TableWrite> Writes() =>
        [
            .. _rowsAfter.Values.SelectMany(row => row.WritesAfter(Rows.GetValueOrDefault(row.PoRowId))),
            .. _personsAfter.Values.Select(person => ClayRowStore.Write(tenant, person)),
        ];

        private void Take(string key, InboundRow row, bool isKnown)
        {
            if (isKnown || !_metHere.Add(key))
                _updated++;
            else
                _accepted++;
            People.Add(new InboundPerson(key, row.Prospect));
        }
    }
}

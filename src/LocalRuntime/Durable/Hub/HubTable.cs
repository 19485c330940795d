using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Partition <c>!hub</c> of the hub's table: <c>m|{id}</c> a process, <c>p|{nn}</c> a partition's owner, <c>b|…</c> a note for an owner. One query reads it all.</summary>
internal sealed class HubTable(TableClient table)
{
    private const string Key = "!hub";

    public async Task<HubState> ReadAsync(CancellationToken cancellationToken)
    {
        List<HubMember> members = [];
        Dictionary<int, PartitionClaim> claims = [];
        List<HubBell> bells = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Key}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            switch (row.RowKey[0])
            {
                case 'm':
                    members.Add(new HubMember(
                        row.RowKey[2..], row.GetDateTimeOffset("Until") ?? default, row.GetInt32("Doorbell") ?? 0,
                        row.GetString("Machine") ?? "", row.GetString("LockFile") ?? "")
                    {
                        ETag = row.ETag,
                    });
                    break;
                case 'p':
                    var partition = int.Parse(row.RowKey.AsSpan(2), CultureInfo.InvariantCulture);
                    claims[partition] = new PartitionClaim(partition, row.GetString("Owner") ?? "", row.ETag);
                    break;
                case 'b':
                    bells.Add(new HubBell(row.RowKey, row.GetInt32("Partition") ?? 0, row.GetString("Instance")!));
                    break;
            }
        }
        return new HubState(members, claims, bells);
    }

    /// <summary>Says that a process is alive: as a new one where its ETag is the default.</summary>
    /// <returns>The row's new ETag; <see langword="null"/> if others have taken it for dead.</returns>
    public async Task<ETag?> BeatAsync(HubMember member, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Key, $"m|{member.Id}")
        {
            ["Until"] = member.Until,
            ["Doorbell"] = member.Doorbell,
            ["Machine"] = member.Machine,
            ["LockFile"] = member.LockFile,
        };
        try
        {
            var response = member.ETag == default
                ? await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken)
                : await table.UpdateEntityAsync(row, member.ETag, TableUpdateMode.Replace, cancellationToken);
            return response.Headers.ETag ?? default;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <returns>Whether it is gone; not if it has given a sign of life since it was read.</returns>
    public async Task<bool> RemoveMemberAsync(HubMember member, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(Key, $"m|{member.Id}", member.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Gives partitions another owner, all or none.</summary>
    /// <param name="claims">As read.</param>
    /// <param name="owner">A member's id; empty to give them back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it came to be; not if somebody else has changed one of them.</returns>
    public async Task<bool> TrySetOwnerAsync(IReadOnlyList<PartitionClaim> claims, string owner, CancellationToken cancellationToken)
    {
        try
        {
            await table.SubmitTransactionAsync(
                claims.Select(claim =>
                {
                    var row = new TableEntity(Key, string.Create(CultureInfo.InvariantCulture, $"p|{claim.Partition:D2}")) { ["Owner"] = owner };
                    return claim.ETag == default
                        ? new TableTransactionAction(TableTransactionActionType.Add, row)
                        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, claim.ETag);
                }),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <returns>The row's key.</returns>
    public async Task<string> RingAsync(int partition, string instanceId, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Key, $"b|{Guid.NewGuid():N}") { ["Partition"] = partition, ["Instance"] = instanceId };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        return row.RowKey;
    }

    public Task RemoveBellAsync(string key, CancellationToken cancellationToken) => table.DeleteEntityAsync(Key, key, ETag.All, cancellationToken);
}

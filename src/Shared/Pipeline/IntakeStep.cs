using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Pipeline;

/// <summary>Reads the rows twice, as a stream: once to know who repeats whom, once to lay everybody who is left into shards.</summary>
public sealed class IntakeStep(ProspectRows rows, ShardStore shards, WorkflowStore workflows)
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public async Task<IntakeResult> RunAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var deduplicator = new Deduplicator();
        if (job.Settings.Deduplicate)
        {
            await foreach (var row in rows.ReadAsync(job, cancellationToken))
            {
                if (row.Prospect is { } prospect)
                    deduplicator.Add(row.Line, prospect);
            }
            deduplicator.Resolve();
        }

        await using var rejected = await shards.OpenWriteAsync(job.TenantId, job.WorkflowId, "rejected", cancellationToken);
        await using var duplicates = await shards.OpenWriteAsync(job.TenantId, job.WorkflowId, "duplicates", cancellationToken);
        var layout = new Layout(job, shards);
        long received = 0, rejectedCount = 0, duplicateCount = 0;
        await foreach (var row in rows.ReadAsync(job, cancellationToken))
        {
            received++;
            if (row.Prospect is not { } prospect)
            {
                rejectedCount++;
                await WriteLineAsync(rejected, new RejectedRow(row.Line, row.Rejection ?? "", null), cancellationToken);
            }
            else if (job.Settings.Deduplicate && deduplicator.DuplicateOf(row.Line) is { } first)
            {
                duplicateCount++;
                await WriteLineAsync(duplicates, new DuplicateRow(row.Line, first, prospect.Email, prospect.FirstName, prospect.LastName, prospect.Company), cancellationToken);
            }
            else
            {
                await layout.AddAsync(row.Line, row.Key ?? ProspectKey.Of(job.Tenant, prospect), prospect, cancellationToken);
            }
        }
        await layout.FlushAsync(cancellationToken);

        var counts = new IntakeCounts(received, rejectedCount, duplicateCount, layout.People);
        await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => header with { Intake = counts }, cancellationToken);
        return new IntakeResult(counts, layout.ChunksByShard);
    }

    private static async Task WriteLineAsync<T>(Stream stream, T row, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(row, JsonDefaults.Options), cancellationToken);
        await stream.WriteAsync(NewLine, cancellationToken);
    }

    private sealed class Layout(PipelineJob job, ShardStore shards)
    {
        private readonly List<ShardProspect> _people = new(ShardLayout.PeopleInShard);
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
        private readonly List<int> _chunksByShard = [];

        public IReadOnlyList<int> ChunksByShard => _chunksByShard;

        public long People { get; private set; }

        public async Task AddAsync(int line, string key, Prospect prospect, CancellationToken cancellationToken)
        {
            // Where repeats were asked to stay, each is a person of their own.
            if (!_keys.Add(key))
                _keys.Add(key = ProspectKey.OfIdentity(job.Tenant, $"{key}#{line}"));
            _people.Add(new ShardProspect(line, key, prospect));
            People++;
            if (_people.Count == ShardLayout.PeopleInShard)
                await FlushAsync(cancellationToken);
        }

        public async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_people.Count == 0)
                return;
            var sorted = ShardLayout.Sorted(_people);
            await shards.WriteAsync(job.TenantId, job.WorkflowId, _chunksByShard.Count, sorted, cancellationToken);
            _chunksByShard.Add(ShardLayout.Chunks(sorted).Count);
            _people.Clear();
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;
using ProspectOps.Prospects.Uploads;

namespace ProspectOps.Pipeline;

/// <summary>The rows that a pipeline was given: an upload's, or those in the request itself.</summary>
public sealed class ProspectRows(UploadService uploads, ShardStore shards)
{
    private const string RequestBlob = "prospects";
    private const string KnownBlob = "people";

    public async Task KeepAsync(PipelineJob job, IReadOnlyList<Prospect> prospects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await using var stream = await shards.OpenWriteAsync(job.TenantId, job.WorkflowId, RequestBlob, cancellationToken);
        await JsonSerializer.SerializeAsync(stream, prospects, JsonDefaults.Options, cancellationToken);
    }

    /// <summary>Keeps people whose keys are known, each once.</summary>
    public async Task KeepAsync(PipelineJob job, IReadOnlyList<KeyedProspect> people, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await using var stream = await shards.OpenWriteAsync(job.TenantId, job.WorkflowId, KnownBlob, cancellationToken);
        await JsonSerializer.SerializeAsync(stream, people, JsonDefaults.Options, cancellationToken);
    }

    public async IAsyncEnumerable<ImportedRow> ReadAsync(PipelineJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.UploadId is { } uploadId)
        {
            await foreach (var row in uploads.ReadRowsAsync(job.TenantId, uploadId, cancellationToken))
                yield return row;
            yield break;
        }
        await using var stream = await shards.OpenReadAsync(job.TenantId, job.WorkflowId, job.Joins ? KnownBlob : RequestBlob, cancellationToken)
            ?? throw new InvalidDataException("The request's people are gone.");
        if (job.Joins)
        {
            var line = 0;
            await foreach (var known in JsonSerializer.DeserializeAsyncEnumerable<KeyedProspect>(stream, JsonDefaults.Options, cancellationToken))
            {
                var check = ProspectRules.Check(known!.Prospect);
                yield return new ImportedRow(++line, check.Prospect, check.Rejection, known.Key);
            }
            yield break;
        }
        await foreach (var row in Of(JsonSerializer.DeserializeAsyncEnumerable<Prospect>(stream, JsonDefaults.Options, cancellationToken)))
            yield return row;
    }

    /// <summary>People of a request as rows: the first one's line is 1.</summary>
    public static IAsyncEnumerable<ImportedRow> Of(IEnumerable<Prospect?> prospects) => Of(prospects.ToAsyncEnumerable());

    private static async IAsyncEnumerable<ImportedRow> Of(IAsyncEnumerable<Prospect?> prospects)
    {
        var line = 0;
        await foreach (var prospect in prospects)
        {
            line++;
            var check = ProspectRules.Check(prospect ?? new Prospect());
            yield return new ImportedRow(line, check.Prospect, check.Rejection);
        }
    }
}

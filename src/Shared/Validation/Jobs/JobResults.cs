using System.Collections;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Puts a job's results back into the input's order, as they are read: one wave of 20,000 in memory, and in a file what is repeated further down.</summary>
public sealed class JobResults(JobService service, ChunkStore chunks, JobInputStore inputs)
{
    private const int ChunksAtOnce = 2;

    /// <summary>A job whose results are whole.</summary>
    /// <exception cref="DomainException"><c>job_not_found</c>, <c>job_running</c>.</exception>
    public async Task<ValidationJob> RequireOverAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        var job = await service.RequireAsync(tenant, jobId, cancellationToken);
        return job.IsOver ? job : throw new DomainException(JobErrors.Running);
    }

    /// <summary>The input's columns, with names for those beyond the header.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await using var rows = await inputs.OpenAsync(tenant, job.Request.Source, job.Request.Column, cancellationToken);
        return [.. rows.Header, .. Enumerable.Range(rows.Header.Count + 1, Math.Max(0, job.Width - rows.Header.Count)).Select(number => $"column {number}")];
    }

    /// <summary>Every row, in the input's order.</summary>
    public async IAsyncEnumerable<ResultRow> ReadAsync(TenantId tenant, ValidationJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Total == 0)
            yield break;
        var repeated = await RepeatedAsync(tenant, job, cancellationToken);
        await using var spilled = new SpillFile<First>();
        await using var map = await inputs.ReadMapAsync(tenant, job.JobId, cancellationToken);
        await using var rows = await inputs.OpenAsync(tenant, job.Request.Source, job.Request.Column, cancellationToken);
        var width = Math.Max(job.Width, rows.Header.Count);
        var wave = new ValidationResult?[ChunkPlan.WaveSize];
        var ordinal = 0;
        for (long row = 1; row <= job.Total; row++)
        {
            if (!await rows.ReadAsync(cancellationToken))
                throw new InvalidDataException("A job's input has become shorter.");
            var cells = Padded(rows.Cells(), width);
            if (await map.NextAsync(cancellationToken) is { } first)
            {
                var known = await spilled.FindAsync(first, cancellationToken) ?? throw new InvalidDataException("A row repeats one that comes later.");
                yield return new ResultRow(row, cells, rows.Email, known.Result is null ? null : known.Result with { Email = rows.Email }, known.Row);
                continue;
            }
            if (ordinal % ChunkPlan.WaveSize == 0)
                await LoadAsync(tenant, job, ChunkPlan.WaveOf(ordinal), wave, cancellationToken);
            // What is read is let go: the next wave shall not come on top of this one.
            var result = wave[ordinal % ChunkPlan.WaveSize];
            wave[ordinal % ChunkPlan.WaveSize] = null;
            if (repeated[ordinal])
                await spilled.AddAsync(ordinal, new First(row, result), cancellationToken);
            ordinal++;
            yield return new ResultRow(row, cells, rows.Email, result is null ? null : result with { Email = rows.Email }, null);
        }
    }

    /// <summary>Every row that repeats another, in the input's order.</summary>
    public async IAsyncEnumerable<DuplicatePair> DuplicatesAsync(TenantId tenant, ValidationJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.Duplicates == 0)
            yield break;
        var repeated = await RepeatedAsync(tenant, job, cancellationToken);
        await using var spilled = new SpillFile<DuplicatePair>();
        await using var map = await inputs.ReadMapAsync(tenant, job.JobId, cancellationToken);
        await using var rows = await inputs.OpenAsync(tenant, job.Request.Source, job.Request.Column, cancellationToken);
        var ordinal = 0;
        for (long row = 1; row <= job.Total && await rows.ReadAsync(cancellationToken); row++)
        {
            if (await map.NextAsync(cancellationToken) is { } first)
            {
                var known = await spilled.FindAsync(first, cancellationToken) ?? throw new InvalidDataException("A row repeats one that comes later.");
                yield return new DuplicatePair(row, rows.Email, known.Row, known.Email);
            }
            else if (repeated[ordinal++])
            {
                await spilled.AddAsync(ordinal - 1, new DuplicatePair(row, rows.Email, row, rows.Email), cancellationToken);
            }
        }
    }

    private async Task<BitArray> RepeatedAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        await using var map = await inputs.ReadMapAsync(tenant, job.JobId, cancellationToken);
        return await map.RepeatedAsync(job.Total, job.Unique, cancellationToken);
    }

    private async Task LoadAsync(TenantId tenant, ValidationJob job, int wave, ValidationResult?[] results, CancellationToken cancellationToken)
    {
        Array.Clear(results);
        await Parallel.ForEachAsync(
            chunks.ListAsync(tenant, job.JobId, ChunkPlan.ChunksOf(wave, job.ChunkSize, job.ChunkCount), cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = ChunksAtOnce, CancellationToken = cancellationToken },
            async (chunk, token) =>
            {
                if (await chunks.ResultAsync(chunk, token) is not { } found)
                    return;
                foreach (var (place, result) in found.Places.Zip(found.Results))
                    results[place] = result;
            });
    }

    private static string[] Padded(string[] cells, int width)
    {
        if (cells.Length == width)
            return cells;
        var padded = new string[width];
        Array.Fill(padded, "");
        cells.CopyTo(padded, 0);
        return padded;
    }

    private sealed record First(long Row, ValidationResult? Result);
}

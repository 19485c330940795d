using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Ids;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Takes a job in: reads its rows twice as a stream, first to find duplicates, then to cut chunks. May run twice and be killed anywhere: it writes the same again.</summary>
/// <remarks>Memory: 20 bytes for each different address, and one wave of 20,000 addresses.</remarks>
public sealed class IntakeHandler(
    JobStore jobs, ChunkStore chunks, JobInputStore inputs, ChunkDispatcher dispatcher, JobFinisher finisher, ProcessIdentity process, IdSource ids, TimeProvider clock, ILogger<IntakeHandler> log)
{
    internal const int MostFailures = 5;

    // Longer is no address; cut, it still is none.
    private const int MostEmailCharacters = 1_000;

    public async Task HandleAsync(JobMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryRecorded(message.TenantId, out var tenant))
            return;
        var owner = $"{process.Name}/{ids.NewSuffix()}";
        var now = clock.GetUtcNow();
        var job = await jobs.UpdateAsync(tenant, message.JobId, one => one.Step != JobStep.Intake || one.LeaseUntil > now ? null : Claimed(one, owner, now), cancellationToken);
        if (job is null || job.Owner != owner)
            return; // done, or another has it
        if (job.CancelRequested)
        {
            await finisher.EndIntakeAsync(tenant, job.JobId, JobStatus.Canceled, null, cancellationToken);
            return;
        }
        var lease = new Lease<ValidationJob>(job, (_, until) => HoldAsync(tenant, job.JobId, owner, until), clock, log);
        try
        {
            var taken = await lease.WhileAsync(token => TakeInAsync(tenant, job, token), cancellationToken);
            await BeginAsync(tenant, job.JobId, owner, taken, cancellationToken);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            // To another, or erased.
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.IntakeFailed(e, job.JobId, job.Failures + 1);
            await FailAsync(tenant, job, owner, e, cancellationToken);
        }
    }

    private static ValidationJob Claimed(ValidationJob job, string owner, DateTimeOffset now) =>
        job with { Owner = owner, LeaseUntil = Lease<ValidationJob>.Until(now), Status = JobStatus.Running, StartedAt = job.StartedAt ?? now };

    private async Task<ValidationJob?> HoldAsync(TenantId tenant, string jobId, string owner, DateTimeOffset until)
    {
        var job = await jobs.UpdateAsync(tenant, jobId, one => one.Owner == owner ? one with { LeaseUntil = until } : null, CancellationToken.None);
        return job?.Owner == owner ? job : null;
    }

    private async Task<Intake> TakeInAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        var (total, width, error, index) = await NumberAsync(tenant, job, cancellationToken);
        var chunkSize = ChunkPlan.SizeOf(index.Count, job.Request.SmtpProbe);
        var chunkCount = await CutAsync(tenant, job, index, total, chunkSize, cancellationToken);
        return new Intake(total, total - index.Count, width, chunkSize, chunkCount, error);
    }

    private async Task BeginAsync(TenantId tenant, string jobId, string owner, Intake intake, CancellationToken cancellationToken)
    {
        var taken = await jobs.UpdateAsync(tenant, jobId, one => one.Step != JobStep.Intake || one.Owner != owner ? null : one with
        {
            Step = JobStep.Chunks,
            Total = intake.Total,
            Duplicates = intake.Duplicates,
            Width = intake.Width,
            ChunkSize = intake.ChunkSize,
            ChunkCount = intake.ChunkCount,
            Error = intake.Error,
            Owner = null,
            LeaseUntil = null,
            Failures = 0,
        }, cancellationToken);
        if (taken is not { Step: JobStep.Chunks })
            return;
        if (taken.CancelRequested || taken.ChunkCount == 0)
            await finisher.TryFinishAsync(tenant, jobId, cancellationToken);
        else
            await dispatcher.SendFirstAsync(tenant, taken, cancellationToken);
    }

    /// <summary>First pass: numbers what is different, and writes down which rows repeat which.</summary>
    private async Task<(long Total, int Width, string? Error, AddressIndex Index)> NumberAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        var key = new DedupeKey(job.Request.Dedupe, (long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(job.JobId)));
        var index = new AddressIndex();
        var (total, width) = (0L, 1);
        await using var rows = await inputs.OpenAsync(tenant, job.Request.Source, job.Request.Column, cancellationToken);
        await using (var map = new RowMapWriter(await inputs.WriteMapAsync(tenant, job.JobId, cancellationToken)))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                total++;
                width = Math.Max(width, rows.Width);
                var hash = key.Of(rows.Email);
                if (hash is { } known && index.Add(known) is { IsNew: false } repeated)
                {
                    await map.AddAsync(repeated.Ordinal, cancellationToken);
                    continue;
                }
                if (hash is null)
                    index.AddAlone();
                await map.AddAsync(null, cancellationToken);
            }
            await map.FlushAsync(cancellationToken);
        }
        return (total, width, rows.BrokenOff?.Detail, index);
    }

    /// <summary>Second pass: the addresses themselves, wave by wave.</summary>
    private async Task<int> CutAsync(TenantId tenant, ValidationJob job, AddressIndex index, long total, int chunkSize, CancellationToken cancellationToken)
    {
        await using var rows = await inputs.OpenAsync(tenant, job.Request.Source, job.Request.Column, cancellationToken);
        await using var map = await inputs.ReadMapAsync(tenant, job.JobId, cancellationToken);
        var wave = new List<(string Email, int Rows)>(Math.Min(index.Count, ChunkPlan.WaveSize));
        var (ordinal, chunkCount) = (0, 0);
        for (long row = 0; row < total; row++)
        {
            if (!await rows.ReadAsync(cancellationToken))
                throw new InvalidDataException("A job's input has become shorter.");
            if (await map.NextAsync(cancellationToken) is not null)
                continue;
            var email = rows.Email;
            wave.Add((email.Length <= MostEmailCharacters ? email : email[..MostEmailCharacters], index.CountOf(ordinal++)));
            if (wave.Count == ChunkPlan.WaveSize)
                await FlushAsync();
        }
        if (wave.Count > 0)
            await FlushAsync();
        return chunkCount;

        async Task FlushAsync()
        {
            var cut = ChunkPlan.Cut(wave, chunkSize, job.Request.SmtpProbe);
            await chunks.AddAsync(tenant, job.JobId, chunkCount, cut, cancellationToken);
            chunkCount += cut.Count;
            wave.Clear();
        }
    }

    private async Task FailAsync(TenantId tenant, ValidationJob job, string owner, Exception failure, CancellationToken cancellationToken)
    {
        var failures = job.Failures + 1;
        // A refusal stays one however often it is tried.
        if (failures >= MostFailures || failure is DomainException)
        {
            var why = failure is DomainException refusal ? refusal.Error.Detail : "The input could not be read; the operator's log says why.";
            await finisher.EndIntakeAsync(tenant, job.JobId, JobStatus.CompletedWithErrors, why, cancellationToken);
            return;
        }
        await jobs.UpdateAsync(tenant, job.JobId, one => one.Owner == owner ? one with { Owner = null, LeaseUntil = null, Failures = failures } : null, cancellationToken);
        await dispatcher.SendJobAsync(tenant, job.JobId, TimeSpan.FromSeconds(failures), cancellationToken);
    }

    private sealed record Intake(long Total, long Duplicates, int Width, int ChunkSize, int ChunkCount, string? Error);
}

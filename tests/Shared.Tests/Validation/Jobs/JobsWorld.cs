using System.Text;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>Jobs on storage in memory; a test hands out their messages, and may kill the process that handles one.</summary>
internal sealed class JobsWorld : IAsyncDisposable
{
    private int _jobsTaken;
    private int _chunksTaken;
    private int _poisonTaken;

    public JobsWorld() => (Validator, Process) = (new ScriptedValidator(Clock), null!);

    public static TenantId Tenant { get; } = TenantId.Parse("ten_jobs");

    public FakeClock Clock { get; } = new();

    public InMemoryStorage Storage { get; } = new();

    public ScriptedValidator Validator { get; }

    public JobsProcess Process { get; private set; }

    public IReadOnlyList<(ChunkMessage Message, TimeSpan Delay)> ChunkMessages => [.. ((InMemoryQueue<ChunkMessage>)Storage.Queue<ChunkMessage>(ChunkMessage.Queue)).Sent];

    private IReadOnlyList<(JobMessage Message, TimeSpan Delay)> JobMessages => [.. ((InMemoryQueue<JobMessage>)Storage.Queue<JobMessage>(JobMessage.Queue)).Sent];

    private IReadOnlyList<(ChunkMessage Message, TimeSpan Delay)> Poison => [.. ((InMemoryQueue<ChunkMessage>)Storage.Queue<ChunkMessage>(ChunkMessage.PoisonQueue)).Sent];

    /// <summary>Another process takes the place of the one before, which is dead.</summary>
    public async Task<JobsProcess> StartAsync(IStorage? storage = null)
    {
        if (Process is not null)
            await Process.DisposeAsync();
        return Process = new JobsProcess(storage ?? Storage, Clock, Validator);
    }

    public async Task<string> StartJobAsync(string csv, DedupeMethod dedupe = DedupeMethod.Canonical)
    {
        var (source, _) = await Process.Get<JobInputStore>().KeepFileAsync(Tenant, new MemoryStream(Encoding.UTF8.GetBytes(csv)), null, default);
        return await Process.Get<JobService>().StartAsync(Tenant, new JobRequest(source, dedupe), "01kc0000000000000000000001", default);
    }

    /// <summary>Handles the next message of a job or a chunk; false where there is none. A delay is passed over.</summary>
    public async Task<bool> StepAsync()
    {
        if (_jobsTaken < JobMessages.Count)
        {
            var (message, delay) = JobMessages[_jobsTaken++];
            Clock.Pass(delay);
            await Process.Get<IntakeHandler>().HandleAsync(message, default);
            return true;
        }
        if (_chunksTaken < ChunkMessages.Count)
        {
            var (message, delay) = ChunkMessages[_chunksTaken++];
            Clock.Pass(delay);
            await Process.Get<ChunkHandler>().HandleAsync(message, default);
            return true;
        }
        if (_poisonTaken < Poison.Count)
        {
            var message = Poison[_poisonTaken++].Message;
            await Process.Get<DeadChunks>().RecordAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message, ProspectOps.Platform.Json.JsonDefaults.Options), default);
            return true;
        }
        return false;
    }

    public async Task DrainAsync()
    {
        while (await StepAsync())
        {
        }
    }

    public Task<JobView> ViewAsync(string jobId) => Process.Get<JobService>().GetAsync(Tenant, jobId, default);

    public async Task<List<ResultRow>> ResultsAsync(string jobId)
    {
        var results = Process.Get<JobResults>();
        var rows = new List<ResultRow>();
        await foreach (var row in results.ReadAsync(Tenant, await results.RequireOverAsync(Tenant, jobId, default), default))
            rows.Add(row);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
    }
}

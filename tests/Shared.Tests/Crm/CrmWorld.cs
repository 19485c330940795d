using ProspectOps.Crm;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tests.Validation.Jobs;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Crm;

/// <summary>A CRM's upload on storage in memory; a test hands out the messages of its queues, and may kill the process that handles one.</summary>
internal sealed class CrmWorld : IAsyncDisposable
{
    private const int MostLooks = 10;
    private const string Seed = "01kc0000000000000000000001";

    private readonly Dictionary<string, int> _taken = [];

    public CrmWorld() => (Validator, Process) = (new ScriptedValidator(Clock), null!);

    public static TenantId Tenant { get; } = TenantId.Parse("ten_crm");

    public static string UploadId => $"crm_{Seed}";

    public FakeClock Clock { get; } = new();

    public InMemoryStorage Storage { get; } = new();

    public ScriptedValidator Validator { get; }

    public CrmProcess Process { get; private set; }

    /// <summary>Another process takes the place of the one before, which is dead.</summary>
    public async Task StartAsync(IStorage? storage = null)
    {
        if (Process is not null)
            await Process.DisposeAsync();
        Process = new CrmProcess(storage ?? Storage, Clock, Validator);
    }

    /// <summary>What the CRM posts; the same request each time.</summary>
    public Task PostAsync(IReadOnlyList<string> emails, Uri callbackUrl) =>
        Process.Get<CrmUploads>().StartAsync(Tenant, emails, null, callbackUrl.AbsoluteUri, null, Seed, default);

    /// <summary>Hands out every message that waits, its delay passed over, until none is left, or an upload waits for a job whose message is lost.</summary>
    public async Task DrainAsync()
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            while (await HandleAsync<JobMessage>(JobMessage.Queue, message => Process.Get<IntakeHandler>().HandleAsync(message, default))
                || await HandleAsync<ChunkMessage>(ChunkMessage.Queue, message => Process.Get<ChunkHandler>().HandleAsync(message, default))
                || await HandleAsync<DeliveryMessage>(DeliveryMessage.Queue, message => Process.Get<DeliverBatchHandler>().HandleAsync(message, default)))
            {
            }
            if (!await HandleAsync<CrmUploadMessage>(CrmUploadMessage.Queue, message => Process.Get<CrmUploadHandler>().HandleAsync(message, default)))
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
    }

    private async Task<bool> HandleAsync<T>(string queue, Func<T, Task> handle)
    {
        var sent = ((InMemoryQueue<T>)Storage.Queue<T>(queue)).Sent;
        var taken = _taken.GetValueOrDefault(queue);
        if (taken == sent.Count)
            return false;
        _taken[queue] = taken + 1;
        var (message, delay) = sent.ElementAt(taken);
        Clock.Pass(delay);
        await handle(message);
        return true;
    }
}

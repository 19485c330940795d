using Microsoft.Extensions.Hosting;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Section <c>extensions.queues</c> of host.json.</summary>
internal sealed record QueueSettings
{
    /// <summary>Messages per receive, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>More are received once no more than this many are at work. Default: half a batch per processor.</summary>
    public int NewBatchThreshold { get; init; }

    /// <summary>Attempts before a message is moved to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message stays hidden after a failed attempt. Default 0, at most 7 days.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>The pause after the first poll that finds nothing.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between two polls of an empty queue, 100 ms or more. Default 1 min, 2 s in Development.</summary>
    public TimeSpan MaxPollingInterval { get; init; }

    /// <summary>Whether message text is base64; else plain.</summary>
    public bool IsBase64 { get; init; } = true;

    /// <summary>How long a received message is hidden from others; renewed at half of it while the function runs.</summary>
    public TimeSpan Invisibility { get; init; } = TimeSpan.FromMinutes(10);

    public static QueueSettings Read(HostJson hostJson, IHostEnvironment environment, StartupProblems problems)
    {
        var section = hostJson.Read("extensions:queues", problems);
        var batchSize = section.Number("batchSize", 16, 1, 32);
        var encoding = section.Text("messageEncoding") is { Length: > 0 } text && section.IsOneOf("messageEncoding", text, "base64", "none") ? text : "base64";
        return new QueueSettings
        {
            BatchSize = batchSize,
            NewBatchThreshold = section.Number("newBatchThreshold", batchSize / 2 * Environment.ProcessorCount, 0),
            MaxDequeueCount = section.Number("maxDequeueCount", 5, 1),
            VisibilityTimeout = section.Span("visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(7)),
            MaxPollingInterval = section.Span(
                "maxPollingInterval",
                environment.IsDevelopment() ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1),
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromDays(1)),
            IsBase64 = !encoding.Equals("none", StringComparison.OrdinalIgnoreCase),
        };
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

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

    /// <summary>How long a message stays hidden after a failed attempt. Default 0.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>Longest pause between two polls of an empty queue, 100 ms or more. Default 1 min, 2 s in Development.</summary>
    public TimeSpan MaxPollingInterval { get; init; }

    /// <summary>Whether message text is base64; else plain.</summary>
    public bool IsBase64 { get; init; } = true;

    /// <summary>How long a received message is hidden from others; renewed at half of it while the function runs.</summary>
    public TimeSpan Invisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <exception cref="FunctionStartupException">A value is out of its range.</exception>
    public static QueueSettings Read(HostJson hostJson, IHostEnvironment environment)
    {
        var section = hostJson.Extension("queues");
        var problems = new List<string>();
        var batchSize = Number("batchSize", 16, 1, 32);
        var settings = new QueueSettings
        {
            BatchSize = batchSize,
            NewBatchThreshold = Number("newBatchThreshold", batchSize / 2 * Environment.ProcessorCount, 0, int.MaxValue),
            MaxDequeueCount = Number("maxDequeueCount", 5, 1, int.MaxValue),
            VisibilityTimeout = Span("visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero),
            MaxPollingInterval = Span("maxPollingInterval", environment.IsDevelopment() ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100)),
            IsBase64 = section["messageEncoding"]?.ToUpperInvariant() switch
            {
                null or "BASE64" => true,
                "NONE" => false,
                var other => Refuse(other, "messageEncoding must be base64 or none", fallback: true),
            },
        };
        return problems.Count == 0 ? settings : throw new FunctionStartupException(problems);

        int Number(string key, int fallback, int least, int most) => section[key] switch
        {
            null => fallback,
            var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
            var text => Refuse(text, $"{key} must be a number from {least} to {most}", fallback),
        };

        TimeSpan Span(string key, TimeSpan fallback, TimeSpan least) => section[key] switch
        {
            null => fallback,
            var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least => value,
            var text => Refuse(text, $"{key} must be a time span of {least} or more", fallback),
        };

        T Refuse<T>(string? text, string rule, T fallback)
        {
            problems.Add($"host.json: extensions.queues.{rule}, not \"{text}\".");
            return fallback;
        }
    }
}

using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ProspectOps.Webhooks;

/// <summary>Decides what an attempt leads to. Pure.</summary>
/// <remarks>Source: Standard Webhooks, "Deliverability and reliability"; the delays are Svix's. Which answers are final: docs/webhooks.md.</remarks>
public sealed class RetrySchedule(IReadOnlyList<TimeSpan> delays)
{
    public static IReadOnlyList<TimeSpan> UsualDelays { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    private const double Jitter = 0.2;

    /// <summary>The pauses, without jitter.</summary>
    public IReadOnlyList<TimeSpan> Delays => delays;

    /// <summary>The earliest and the latest that a pause may last, where the receiver asks for nothing.</summary>
    public static (TimeSpan Least, TimeSpan Most) RangeOf(TimeSpan delay) => (delay * (1 - Jitter), delay * (1 + Jitter));

    /// <summary>As the settings say.</summary>
    public static RetrySchedule Of(WebhooksOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.RetrySchedule is { Length: > 0 } line)
            return new RetrySchedule([.. line.Split(',').Select(part => Parse(part.Trim()))]);
        return new RetrySchedule(options.RetryDelaysSeconds is { Count: > 0 } seconds ? [.. seconds.Select(TimeSpan.FromSeconds)] : UsualDelays);
    }

    /// <param name="status">HTTP status answered; null if none came.</param>
    /// <param name="attempt">Attempts made, this one included.</param>
    /// <param name="retryAfter">What the receiver asked for; obeyed between one and two times the step.</param>
    /// <param name="refusalsAreFinal">Whether 400 and its like end it: not for the challenge of a receiver that is perhaps not deployed yet.</param>
    /// <param name="seed">What spreads attempts of different deliveries, and is the same for the same one.</param>
    public DeliveryDecision After(int? status, string? failure, int attempt, TimeSpan? retryAfter, string seed, bool refusalsAreFinal = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (status is >= 200 and < 300)
            return new DeliveryDecision.Delivered();
        var cause = failure ?? $"answered {status}";
        if (status == 410)
            return new DeliveryDecision.Dead(cause, EndpointIsGone: true);
        if (refusalsAreFinal && status is >= 400 and < 500 and not (408 or 409 or 425 or 429))
            return new DeliveryDecision.Dead(cause, EndpointIsGone: false);
        if (attempt > delays.Count)
            return new DeliveryDecision.Dead($"{cause}, after {attempt} attempts", EndpointIsGone: false);
        var step = delays[attempt - 1];
        var delay = step * (1 - Jitter + 2 * Jitter * Fraction(seed, attempt));
        if (retryAfter is { } asked)
            delay = TimeSpan.FromTicks(Math.Clamp(asked.Ticks, delay.Ticks, Math.Max(delay.Ticks, 2 * step.Ticks)));
        return new DeliveryDecision.Retry(delay);
    }

    private static TimeSpan Parse(string delay)
    {
        var unit = delay.TrimStart("0123456789. ".ToCharArray());
        var number = double.Parse(delay.AsSpan(0, delay.Length - unit.Length).TrimEnd(), CultureInfo.InvariantCulture);
        return unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }

    private static double Fraction(string seed, int attempt) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(seed.AsSpan()), attempt) / (double)ulong.MaxValue;
}

using ProspectOps.Platform.Storage;

namespace ProspectOps.Pipeline;

/// <summary>Joins what became of the same events at several endpoints, so that a person counts once: delivered when every endpoint answered 2xx. Pure but for the row that it changes.</summary>
public static class DeliveryTally
{
    /// <summary>Notes what now stands at one endpoint, one character an event: <c>o</c> not attempted, <c>d</c> delivered, <c>x</c> dead, <c>c</c> canceled, any other one to come.</summary>
    /// <param name="row">Remembers what stands at each.</param>
    /// <param name="listeners">How many endpoints there are.</param>
    /// <returns>What moves the counters; null where nothing changed.</returns>
    internal static IReadOnlyDictionary<string, long>? Note(TableRow row, string endpointId, string states, int listeners, bool isOwn)
    {
        var known = Known(row);
        var before = known.GetValueOrDefault(endpointId) ?? new string('o', states.Length);
        if (before == states)
            return null;
        var (done, delivered) = (CountAll(known, states.Length, listeners, IsAttempted), CountAll(known, states.Length, listeners, IsDelivered));
        known[endpointId] = states;
        row["States"] = PackedJson.Pack(known);
        var attempted = states.Count(IsAttempted) - before.Count(IsAttempted);
        return isOwn
            ? new Dictionary<string, long> { ["OwnAttempted"] = attempted }
            : new Dictionary<string, long>
            {
                ["Done"] = CountAll(known, states.Length, listeners, IsAttempted) - done,
                ["Delivered"] = CountAll(known, states.Length, listeners, IsDelivered) - delivered,
                ["Attempted"] = attempted,
                ["Answered"] = states.Count(IsDelivered) - before.Count(IsDelivered),
                ["Dead"] = states.Count(IsDead) - before.Count(IsDead),
                ["Canceled"] = states.Count(IsCanceled) - before.Count(IsCanceled),
            };
    }

    /// <summary>Whether every event was attempted at every endpoint, and which were delivered everywhere: a <c>d</c> for each.</summary>
    internal static (bool AllAttempted, string Delivered) Read(TableRow row, int events, int listeners)
    {
        var known = Known(row);
        var delivered = string.Create(events, known, (text, all) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = IsAt(all, i, listeners, IsDelivered) ? 'd' : '-';
        });
        return (CountAll(known, events, listeners, IsAttempted) == events, delivered);
    }

    private static Dictionary<string, string> Known(TableRow row) =>
        row.Bytes("States") is { } packed ? PackedJson.Unpack<Dictionary<string, string>>(packed) : new Dictionary<string, string>(StringComparer.Ordinal);

    private static int CountAll(Dictionary<string, string> known, int events, int listeners, Func<char, bool> wanted) =>
        known.Count < listeners ? 0 : Enumerable.Range(0, events).Count(index => IsAt(known, index, listeners, wanted));

    private static bool IsAt(Dictionary<string, string> known, int index, int listeners, Func<char, bool> wanted) =>
        known.Count >= listeners && known.Values.All(states => wanted(states[index]));

    private static bool IsAttempted(char state) => state != 'o';

    private static bool IsDelivered(char state) => state == 'd';

    private static bool IsDead(char state) => state == 'x';

    private static bool IsCanceled(char state) => state == 'c';
}

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>The rule that an orchestrator awaits durable tasks only, and what its breach is called.</summary>
internal static class IllegalAwait
{
    // The words of the official extension, which people search for.
    public const string Message =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks "
        + "in an orchestrator function's implementation or by middleware that invokes asynchronous code.";

    public static InvalidOperationException Exception() => new(Message);
}

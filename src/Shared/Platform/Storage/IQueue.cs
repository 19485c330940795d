namespace ProspectOps.Platform.Storage;

/// <summary>A queue of messages that carry ids, never payloads: 48 KiB at most.</summary>
public interface IQueue<T>
{
    /// <param name="delay">Before it can be received; up to 7 days.</param>
    Task SendAsync(T message, TimeSpan delay, CancellationToken cancellationToken);
}

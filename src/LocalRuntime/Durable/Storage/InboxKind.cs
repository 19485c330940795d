namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>What a message from outside asks for. Stored by name.</summary>
internal enum InboxKind
{
    Event,
    Terminate,
    Suspend,
    Resume,
}

using Azure;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>What a store has to know of an instance to write its next step without reading. Opaque to the engine.</summary>
internal sealed record StoredPosition
{
    /// <summary>Of the header row. A write with an old one is refused: somebody else owns the instance.</summary>
    public required ETag ETag { get; init; }

    public required int Ordinal { get; init; }

    /// <summary>History rows of this execution that count; any beyond them are leftovers.</summary>
    public int SealedRows { get; init; }

    /// <summary>The newest events, as text, which the header row holds itself.</summary>
    public string Tail { get; init; } = "";

    /// <summary>The input that was written last, and its blob if it has one, so that it is uploaded once.</summary>
    public (string Text, string Blob)? InputBlob { get; init; }

    public bool HasBlobs { get; init; }
}

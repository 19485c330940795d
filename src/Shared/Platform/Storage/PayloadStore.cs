namespace ProspectOps.Platform.Storage;

/// <summary>Puts a payload into a row where it is small, and in a blob with the reference in the row where it is not.</summary>
public sealed class PayloadStore(IBlobs blobs)
{
    // A table holds 64 KiB in a value; beyond half of it a blob is the cheaper place.
    private const int MostInRow = 32 * 1024;

    /// <param name="blobName">Where a large one goes; the same name for the same row, so that a repeat replaces it.</param>
    public Task PutAsync<T>(TableRow row, T value, string blobName, CancellationToken cancellationToken) => PutAsync(row, PackedJson.Pack(value), blobName, cancellationToken);

    /// <summary>For a row that may refuse the write: a large payload goes into a blob of its own, so that nothing is written over what the row keeps.</summary>
    /// <param name="prefix">Of the blob's name.</param>
    public Task PutApartAsync<T>(TableRow row, T value, string prefix, CancellationToken cancellationToken) =>
        PutAsync(row, PackedJson.Pack(value), $"{prefix}-{Guid.NewGuid():N}", cancellationToken);

    private async Task PutAsync(TableRow row, byte[] packed, string blobName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (packed.Length <= MostInRow)
        {
            row["Data"] = packed;
            return;
        }
        await blobs.WriteAsync(blobName, packed, cancellationToken);
        row["DataBlob"] = blobName;
    }

    /// <summary>Deletes what of a row lies in a blob, before the row itself goes: a crash in between leaves no blob that nobody knows of.</summary>
    public Task DeleteAsync(TableRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.Text("DataBlob") ?? row.Text("OldBlob")) is { } name ? blobs.DeleteAsync(name, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Deletes the blob of a payload whose row has another one now; null is none.</summary>
    public Task DeleteAsync(string? blob, CancellationToken cancellationToken) => blob is null ? Task.CompletedTask : blobs.DeleteAsync(blob, cancellationToken);

    /// <summary>The blob that holds a row's payload; null where none does.</summary>
    public static string? BlobOf(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Text("DataBlob");
    }

    /// <summary>Deletes what was put into a blob for a row that was refused, unless the row holds it: an answer that was lost looks like a refusal.</summary>
    /// <param name="kept">What stands in the table; null where nothing does.</param>
    public Task DropAsync(TableRow refused, TableRow? kept)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return refused.Text("DataBlob") is { } name && kept?.Text("DataBlob") != name ? blobs.DeleteAsync(name, CancellationToken.None) : Task.CompletedTask;
    }

    /// <summary>Takes the payload off a row that others may still change, so that its blob can be deleted. False where the row holds none.</summary>
    public static bool TryDetach(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Text("DataBlob") is not { } name)
            return false;
        (row["DataBlob"], row["OldBlob"]) = (null, name);
        return true;
    }

    public async ValueTask<T> GetAsync<T>(TableRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var packed = row.Bytes("Data")
            ?? await blobs.ReadAsync(row.Text("DataBlob") ?? throw new InvalidDataException("The row holds no payload."), cancellationToken)
            ?? throw new InvalidDataException("The row's blob is gone.");
        return PackedJson.Unpack<T>(packed);
    }
}

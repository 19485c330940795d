namespace ProspectOps.Platform.Storage;

/// <summary>Puts a payload into a row where it is small, and in a blob with the reference in the row where it is not.</summary>
public sealed class PayloadStore(IBlobs blobs)
{
    // A table holds 64 KiB in a value; beyond half of it a blob is the cheaper place.
    private const int MostInRow = 32 * 1024;

    /// <param name="blobName">Where a large one goes; the same name for the same row, so that a repeat replaces it.</param>
    public async Task PutAsync<T>(TableRow row, T value, string blobName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var packed = PackedJson.Pack(value);
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

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

    public async ValueTask<T> GetAsync<T>(TableRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var packed = row.Bytes("Data")
            ?? await blobs.ReadAsync(row.Text("DataBlob") ?? throw new InvalidDataException("The row holds no payload."), cancellationToken)
            ?? throw new InvalidDataException("The row's blob is gone.");
        return PackedJson.Unpack<T>(packed);
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects.Import;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>What jobs read. Container <c>validation-jobs</c>: tenant/inputs/…, files and lists as they came; tenant/job/map, see <see cref="RowMapWriter"/>.</summary>
public sealed class JobInputStore(IStorage storage, UploadService uploads, IdSource ids)
{
    private const int BlockBytes = 64 * 1024;

    private readonly IBlobs _blobs = storage.Blobs("validation-jobs");

    /// <summary>Keeps a file while it comes in, and looks at its header.</summary>
    /// <returns>Where it is, and a hash of its bytes.</returns>
    /// <exception cref="DomainException"><c>upload_too_large</c>, <c>csv_…</c>. Nothing is kept then.</exception>
    public async Task<(JobSource Source, string Hash)> KeepFileAsync(TenantId tenant, Stream file, string? column, CancellationToken cancellationToken)
    {
        var (source, hash) = await KeepAsync(tenant, file, cancellationToken);
        try
        {
            await RequireRowsAsync(tenant, source, column, cancellationToken);
            return (source, hash);
        }
        catch
        {
            await _blobs.DeleteAsync(source.Name, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Keeps a file while it comes in, whatever its columns are.</summary>
    /// <exception cref="DomainException"><c>upload_too_large</c>, <c>csv_empty</c>, <c>csv_binary</c>. Nothing is kept then.</exception>
    public async Task<JobSource> KeepPlainFileAsync(TenantId tenant, Stream file, CancellationToken cancellationToken) => (await KeepAsync(tenant, file, cancellationToken)).Source;

    /// <param name="seed">Names it: the same request twice keeps one list.</param>
    public async Task<JobSource> KeepListAsync(TenantId tenant, string seed, IReadOnlyList<string> emails, CancellationToken cancellationToken)
    {
        var name = $"{tenant.Value}/inputs/{seed}";
        await _blobs.WriteAsync(name, PackedJson.Pack(emails), cancellationToken);
        return new JobSource(JobSource.List, name);
    }

    /// <summary>Takes away what came with a request that was answered before.</summary>
    public Task DropAsync(JobSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Kind == JobSource.Upload ? Task.CompletedTask : _blobs.DeleteAsync(source.Name, cancellationToken);
    }

    /// <summary>Whether rows with addresses can be read of it.</summary>
    /// <exception cref="DomainException"><c>csv_…</c>, <c>upload_not_found</c>.</exception>
    public async Task RequireRowsAsync(TenantId tenant, JobSource source, string? column, CancellationToken cancellationToken)
    {
        await using var rows = await OpenAsync(tenant, source, column, cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            throw rows.BrokenOff is { } why ? new DomainException(why) : CsvErrors.NoRows();
    }

    /// <exception cref="DomainException"><c>csv_…</c>, <c>upload_not_found</c>.</exception>
    internal async Task<IJobRows> OpenAsync(TenantId tenant, JobSource source, string? column, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        switch (source.Kind)
        {
            case JobSource.List:
                return new ListJobRows(PackedJson.Unpack<List<string>>(await _blobs.ReadAsync(source.Name, cancellationToken) ?? throw new InvalidDataException("A job's list is gone.")));
            case JobSource.Upload:
                return await WithColumnAsync(await uploads.OpenFileAsync(tenant, source.Name, cancellationToken), column);
            case JobSource.File:
                return await WithColumnAsync(await OpenFileAsync(source, cancellationToken), column);
            default:
                throw new ArgumentOutOfRangeException(nameof(source));
        }
    }

    internal async Task<CsvFile> OpenFileAsync(JobSource source, CancellationToken cancellationToken)
    {
        var stream = await _blobs.OpenReadAsync(source.Name, cancellationToken) ?? throw new InvalidDataException("A file is gone.");
        return await CsvFile.OpenAsync(stream, CsvEncodings.ByName(source.Encoding ?? ""), cancellationToken);
    }

    internal Task<Stream> WriteMapAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) => _blobs.OpenWriteAsync(MapName(tenant, jobId), cancellationToken);

    internal async Task<RowMapReader> ReadMapAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        new(await _blobs.OpenReadAsync(MapName(tenant, jobId), cancellationToken) ?? throw new InvalidDataException("A job's map is gone."));

    private static async Task<IJobRows> WithColumnAsync(CsvFile file, string? column)
    {
        try
        {
            return new CsvJobRows(file, EmailColumn.Find(file.Header, column));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<(JobSource Source, string Hash)> KeepAsync(TenantId tenant, Stream file, CancellationToken cancellationToken)
    {
        var name = $"{tenant.Value}/inputs/{ids.NewSuffix()}";
        try
        {
            var (encoding, hash) = await CopyAsync(name, file, cancellationToken);
            return (new JobSource(JobSource.File, name, encoding.WebName), hash);
        }
        catch
        {
            await _blobs.DeleteAsync(name, CancellationToken.None);
            throw;
        }
    }

    private async Task<(Encoding Encoding, string Hash)> CopyAsync(string name, Stream file, CancellationToken cancellationToken)
    {
        var scanner = new TextEncodingScanner();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            await using var blob = await _blobs.OpenWriteAsync(name, cancellationToken);
            long total = 0;
            int read;
            while ((read = await file.ReadAsync(block, cancellationToken)) > 0)
            {
                total += read;
                if (total > UploadErrors.MostBytes)
                    throw new DomainException(UploadErrors.TooLarge);
                scanner.Append(block.AsSpan(0, read));
                hash.AppendData(block.AsSpan(0, read));
                await blob.WriteAsync(block.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return (scanner.Result, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string MapName(TenantId tenant, string jobId) => $"{tenant.Value}/{jobId}/map";
}

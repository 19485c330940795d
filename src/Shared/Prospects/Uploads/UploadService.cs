using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects.Import;
using ProspectOps.Tenancy;

namespace ProspectOps.Prospects.Uploads;

/// <summary>Keeps uploaded files as they came, and reads people out of them. Table <c>Uploads</c>: tenant · uploadId; container <c>uploads</c>: tenant/uploadId.</summary>
public sealed class UploadService(IStorage storage, IdSource ids, TimeProvider clock)
{
    private const int RejectedShown = 1000;
    private const int BlockBytes = 64 * 1024;

    private readonly ITable _table = storage.Table("Uploads");
    private readonly IBlobs _files = storage.Blobs("uploads");

    /// <summary>Stores a file while it comes in, then says what is in it. Nothing is kept of a file that cannot be used.</summary>
    /// <exception cref="DomainException"><c>upload_too_large</c>, and what <see cref="ProspectCsv.OpenAsync"/> refuses.</exception>
    public async Task<Upload> StoreAsync(TenantId tenant, Stream file, CancellationToken cancellationToken)
    {
        var uploadId = ids.New("upl");
        try
        {
            var encoding = await KeepAsync(tenant, uploadId, file, cancellationToken);
            var upload = await InspectAsync(tenant, uploadId, encoding, cancellationToken);
            await _table.UpsertAsync(
                new TableRow(tenant.Value, uploadId)
                {
                    ["Encoding"] = encoding.WebName,
                    ["Rows"] = upload.Rows,
                    ["Rejected"] = upload.RejectedCount,
                    ["CreatedAt"] = clock.GetUtcNow(),
                },
                cancellationToken);
            return upload;
        }
        catch
        {
            await _files.DeleteAsync(FileName(tenant, uploadId), CancellationToken.None);
            throw;
        }
    }

    /// <exception cref="DomainException"><c>upload_not_found</c>.</exception>
    public async Task RequireAsync(TenantId tenant, string uploadId, CancellationToken cancellationToken) => await FindAsync(tenant, uploadId, cancellationToken);

    /// <summary>Row by row, as the file is read.</summary>
    public async IAsyncEnumerable<ImportedRow> ReadRowsAsync(TenantId tenant, string uploadId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = await FindAsync(tenant, uploadId, cancellationToken);
        await using var csv = await OpenAsync(tenant, uploadId, CsvEncodings.ByName(row.Text("Encoding") ?? ""), cancellationToken);
        await foreach (var imported in csv.ReadAsync(cancellationToken))
            yield return imported;
    }

    /// <summary>The file with all its columns, as it came.</summary>
    /// <exception cref="DomainException"><c>upload_not_found</c>.</exception>
    public async Task<CsvFile> OpenFileAsync(TenantId tenant, string uploadId, CancellationToken cancellationToken)
    {
        var row = await FindAsync(tenant, uploadId, cancellationToken);
        var stream = await _files.OpenReadAsync(FileName(tenant, uploadId), cancellationToken) ?? throw new InvalidDataException("An upload's file is gone.");
        return await CsvFile.OpenAsync(stream, CsvEncodings.ByName(row.Text("Encoding") ?? ""), cancellationToken);
    }

    private async Task<TableRow> FindAsync(TenantId tenant, string uploadId, CancellationToken cancellationToken)
    {
        var row = IdSource.IsWellFormed(uploadId, "upl") ? await _table.FindAsync(tenant.Value, uploadId, cancellationToken) : null;
        return row ?? throw new DomainException(UploadErrors.NotFound);
    }

    private async Task<Encoding> KeepAsync(TenantId tenant, string uploadId, Stream file, CancellationToken cancellationToken)
    {
        var scanner = new TextEncodingScanner();
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            await using var blob = await _files.OpenWriteAsync(FileName(tenant, uploadId), cancellationToken);
            long total = 0;
            int read;
            while ((read = await file.ReadAsync(block, cancellationToken)) > 0)
            {
                total += read;
                if (total > UploadErrors.MostBytes)
                    throw new DomainException(UploadErrors.TooLarge);
                scanner.Append(block.AsSpan(0, read));
                await blob.WriteAsync(block.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return scanner.Result;
    }

    private async Task<Upload> InspectAsync(TenantId tenant, string uploadId, Encoding encoding, CancellationToken cancellationToken)
    {
        await using var csv = await OpenAsync(tenant, uploadId, encoding, cancellationToken);
        long rows = 0, rejectedCount = 0;
        var rejected = new List<RejectedLine>();
        await foreach (var row in csv.ReadAsync(cancellationToken))
        {
            rows++;
            if (row.Rejection is not { } reason)
                continue;
            rejectedCount++;
            if (rejected.Count < RejectedShown)
                rejected.Add(new RejectedLine(row.Line, reason));
        }
        return new Upload(uploadId, rows, csv.Columns, rejectedCount, rejected);
    }

    private async Task<ProspectCsv> OpenAsync(TenantId tenant, string uploadId, Encoding encoding, CancellationToken cancellationToken) =>
        await ProspectCsv.OpenAsync(
            await _files.OpenReadAsync(FileName(tenant, uploadId), cancellationToken) ?? throw new InvalidDataException("An upload's file is gone."),
            encoding, cancellationToken);

    private static string FileName(TenantId tenant, string uploadId) => $"{tenant.Value}/{uploadId}";
}

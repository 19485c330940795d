using System.Globalization;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>Checks an upload chunk by chunk, one after the other. Container <c>crm-uploads</c>: tenant/upload/in-NNNNN, the addresses, and /out-NNNNN, their verdicts.</summary>
public sealed class ChunkedCrmValidation(IStorage storage, UploadService uploads, IEmailValidator validator, RuleStore rules) : ICrmValidation
{
    private const int AddressesInChunk = 200;

    private readonly IBlobs _blobs = storage.Blobs("crm-uploads");

    public async Task<string?> TakeInAsync(TenantId tenant, string uploadId, string? fileId, IReadOnlyList<string>? emails, CancellationToken cancellationToken)
    {
        var chunk = new List<string>(AddressesInChunk);
        var number = 0;
        long total = 0;
        await foreach (var email in AddressesAsync(tenant, fileId, emails, cancellationToken))
        {
            chunk.Add(email);
            total++;
            if (chunk.Count == AddressesInChunk)
                await FlushAsync();
        }
        if (chunk.Count > 0)
            await FlushAsync();
        await _blobs.WriteAsync(Name(tenant, uploadId, "total"), PackedJson.Pack(new Sums(total, number, new Dictionary<string, long>(), 0)), cancellationToken);
        return null;

        async Task FlushAsync()
        {
            await _blobs.WriteAsync(Name(tenant, uploadId, "in", number++), PackedJson.Pack(chunk), cancellationToken);
            chunk.Clear();
        }
    }

    public async Task<CrmProgress> GoOnAsync(TenantId tenant, CrmUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var whole = PackedJson.Unpack<Sums>(await _blobs.ReadAsync(Name(tenant, upload.UploadId, "total"), cancellationToken) ?? throw new InvalidDataException("An upload's addresses are gone."));
        var number = (int)(upload.Done / AddressesInChunk);
        if (upload.Done >= whole.Total)
            return new CrmProgress(CrmUploadStatus.Completed, whole.Total, upload.Done, upload.ByVerdict, null);
        var emails = PackedJson.Unpack<List<string>>(await _blobs.ReadAsync(Name(tenant, upload.UploadId, "in", number), cancellationToken) ?? throw new InvalidDataException("A chunk of addresses is gone."));
        var results = await validator.ValidateAsync(emails, new ValidationSettings(false, await rules.GetAsync(tenant, cancellationToken)), cancellationToken);
        await _blobs.WriteAsync(Name(tenant, upload.UploadId, "out", number), PackedJson.Pack(results), cancellationToken);
        var byVerdict = upload.ByVerdict.ToDictionary();
        foreach (var result in results)
            byVerdict[NameOf(result.Verdict)] = byVerdict.GetValueOrDefault(NameOf(result.Verdict)) + 1;
        var done = upload.Done + emails.Count;
        return done >= whole.Total
            ? new CrmProgress(CrmUploadStatus.Completed, whole.Total, done, byVerdict, null)
            : new CrmProgress(CrmUploadStatus.Running, whole.Total, done, byVerdict, TimeSpan.Zero);
    }

    public async IAsyncEnumerable<ValidationResult> ResultsAsync(TenantId tenant, CrmUpload upload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        for (var number = 0; (long)number * AddressesInChunk < upload.Total; number++)
        {
            var chunk = await _blobs.ReadAsync(Name(tenant, upload.UploadId, "out", number), cancellationToken) ?? throw new InvalidDataException("A chunk of verdicts is gone.");
            foreach (var result in PackedJson.Unpack<List<ValidationResult>>(chunk))
                yield return result;
        }
    }

    private async IAsyncEnumerable<string> AddressesAsync(TenantId tenant, string? fileId, IReadOnlyList<string>? emails, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var email in emails ?? [])
            yield return email;
        if (fileId is null)
            yield break;
        await foreach (var row in uploads.ReadRowsAsync(tenant, fileId, cancellationToken))
        {
            if (row.Prospect?.Email is { } email)
                yield return email;
        }
    }

    private static string NameOf(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Name(TenantId tenant, string uploadId, string what) => $"{tenant.Value}/{uploadId}/{what}";

    private static string Name(TenantId tenant, string uploadId, string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}/{uploadId}/{what}-{number:00000}");

    private sealed record Sums(long Total, int Chunks, IReadOnlyDictionary<string, long> ByVerdict, long Done);
}

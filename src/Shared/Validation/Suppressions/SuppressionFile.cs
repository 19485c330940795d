using System.Buffers;
using ProspectOps.Platform.Errors;
using ProspectOps.Prospects.Import;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Suppressions;

/// <summary>Suppressions from a CSV file: a column of addresses, and a column <c>reason</c> where there is one.</summary>
public sealed class SuppressionFile(SuppressionService suppressions)
{
    public const long MostBytes = 16 * 1024 * 1024;
    private const int Together = 5_000;
    private const int RejectedShown = 1_000;
    private const int MostReasonCharacters = 500;

    public static DomainError TooLarge { get; } = new(ErrorKind.TooLarge, "upload_too_large", "The file is larger than 16 MiB.") { Fix = "Split the file, with the header in each part." };

    /// <exception cref="DomainException"><c>upload_too_large</c>, <c>csv_…</c>.</exception>
    public async Task<AddedSuppressions> AddAsync(TenantId tenant, Stream file, CancellationToken cancellationToken)
    {
        await using var csv = await OpenAsync(file, cancellationToken);
        var emailColumn = EmailColumn.Find(csv.Header, null);
        var reasonColumn = Array.FindIndex(csv.Header, name => name.Trim().Equals("reason", StringComparison.OrdinalIgnoreCase));
        var (added, rows) = (0, 0);
        var rejected = new List<RejectedSuppression>();
        var rejectedCount = 0;
        var part = new List<(string, string?)>(Together);
        while (await csv.ReadAsync(cancellationToken))
        {
            var cells = csv.Cells();
            part.Add((Cell(cells, emailColumn) ?? "", Cell(cells, reasonColumn) is { Length: > 0 } reason ? reason[..Math.Min(reason.Length, MostReasonCharacters)] : null));
            if (part.Count == Together)
                await FlushAsync();
        }
        if (rows + part.Count == 0)
            throw CsvErrors.NoRows();
        await FlushAsync();
        return new AddedSuppressions(added, rows - added - rejectedCount, rejected);

        async Task FlushAsync()
        {
            var (addedNow, rejectedNow) = await suppressions.AddAsync(tenant, part, "csv", cancellationToken);
            added += addedNow;
            rejectedCount += rejectedNow.Count;
            rejected.AddRange(rejectedNow.Take(RejectedShown - rejected.Count).Select(index => new RejectedSuppression(rows + index, "must be an e-mail address")));
            rows += part.Count;
            part.Clear();
        }
    }

    /// <summary>Small enough to be held: its encoding shows only at its end.</summary>
    internal static async Task<CsvFile> OpenAsync(Stream file, CancellationToken cancellationToken)
    {
        var scanner = new TextEncodingScanner();
        var whole = new MemoryStream();
        var block = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await file.ReadAsync(block, cancellationToken)) > 0)
            {
                if (whole.Length + read > MostBytes)
                    throw new DomainException(TooLarge);
                scanner.Append(block.AsSpan(0, read));
                whole.Write(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        whole.Position = 0;
        return await CsvFile.OpenAsync(whole, scanner.Result, cancellationToken);
    }

    private static string? Cell(string[] cells, int index) => index >= 0 && index < cells.Length ? cells[index] : null;
}

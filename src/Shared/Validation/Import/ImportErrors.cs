using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Import;

public static class ImportErrors
{
    public static DomainError ColumnsMissing(ImportVendor vendor, string status, IReadOnlyList<string> header) => new(
        ErrorKind.Invalid, "import_columns_missing",
        $"The file has no columns with addresses and verdicts as {vendor} writes them; it has {string.Join(", ", header.Take(20).Select(name => name.Contains('@', StringComparison.Ordinal) ? "(an address)" : $"\"{(name.Length > 60 ? name[..60] + "…" : name)}\""))}.")
    {
        Fix = $"Send the vendor's own export; it needs a column for the address and one like {status}.",
    };

    public static DomainError TooLarge { get; } = new(ErrorKind.TooLarge, "upload_too_large", "The file is larger than 100 MiB.") { Fix = "Split the file, with the header in each part." };
}

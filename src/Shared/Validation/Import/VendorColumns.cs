using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;

namespace ProspectOps.Validation.Import;

/// <summary>Where a vendor's file keeps what; names are compared by letters and digits alone.</summary>
/// <remarks>
/// ZeroBounce: bulk files as its client libraries have them in their tests. NeverBounce: the columns that its API can append to a download
/// (<c>email_status</c>, <c>email_status_int</c>, <c>role_account</c> …). Kickbox: the fields of its API, with or without <c>Kickbox</c> before them.
/// Reacher: the columns that the source of its bulk download names. Vendors rename columns: each has several names.
/// </remarks>
internal sealed class VendorColumns
{
    private static readonly Dictionary<ImportVendor, Dictionary<string, string>> Names = new()
    {
        [ImportVendor.ZeroBounce] = new()
        {
            ["email"] = "email emailaddress address",
            ["status"] = "zbstatus status",
            ["detail"] = "zbsubstatus substatus",
            ["at"] = "zbprocessedat processedat",
            ["free"] = "zbfreeemail freeemail",
        },
        [ImportVendor.NeverBounce] = new()
        {
            ["email"] = "email emailaddress",
            ["status"] = "emailstatus result status neverbounceresult verificationresult emailstatusint resultcode",
            ["detail"] = "flags",
            ["role"] = "roleaccount",
            ["free"] = "freeemailhost",
            ["at"] = "verifiedat validatedat processedat",
        },
        [ImportVendor.Kickbox] = new()
        {
            ["email"] = "email emailaddress",
            ["status"] = "kickboxresult result",
            ["detail"] = "kickboxreason reason",
            ["score"] = "kickboxsendex sendex",
            ["catchAll"] = "kickboxacceptall acceptall",
            ["disposable"] = "kickboxdisposable disposable",
            ["role"] = "kickboxrole role",
            ["free"] = "kickboxfree free",
            ["at"] = "verifiedat processedat",
        },
        [ImportVendor.Reacher] = new()
        {
            ["email"] = "input email",
            ["status"] = "isreachable",
            ["catchAll"] = "smtpiscatchall iscatchall",
            ["disposable"] = "miscisdisposable isdisposable",
            ["role"] = "miscisroleaccount isroleaccount",
            ["at"] = "createdat debugendtime verifiedat",
        },
    };

    private readonly Dictionary<string, int> _places;

    private VendorColumns(Dictionary<string, int> places) => _places = places;

    /// <exception cref="DomainException"><c>import_columns_missing</c>.</exception>
    public static VendorColumns Of(ImportVendor vendor, string[] header)
    {
        var compact = Array.ConvertAll(header, name => FoldedText.Compact(name).Replace(" ", "", StringComparison.Ordinal));
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, names) in Names[vendor])
        {
            // The first name is the surest: an input may have had a "status" of its own before.
            foreach (var name in names.Split(' '))
            {
                if (Array.IndexOf(compact, name) is >= 0 and var place && places.TryAdd(field, place))
                    break;
            }
        }
        return places.ContainsKey("email") && places.ContainsKey("status")
            ? new VendorColumns(places)
            : throw new DomainException(ImportErrors.ColumnsMissing(vendor, Names[vendor]["status"].Split(' ')[0], header));
    }

    public string Text(string[] cells, string field) => _places.TryGetValue(field, out var place) && place < cells.Length ? cells[place].Trim() : "";

    public bool? Flag(string[] cells, string field) => Text(cells, field).ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "y" or "t" => true,
        "false" or "0" or "no" or "n" or "f" => false,
        _ => null,
    };
}

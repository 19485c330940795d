using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;

namespace ProspectOps.Validation.Import;

/// <summary>Where a vendor's file keeps what; names are compared by letters and digits alone.</summary>
/// <remarks>
/// ZeroBounce: downloads and bulk API, columns <c>ZB Status</c>, <c>ZB Sub Status</c> … NeverBounce: job downloads, <c>email_status</c> or <c>result</c> by
/// word or number 0–4. Kickbox: batch downloads, <c>result</c>, <c>reason</c>, <c>sendex</c> …, with or without <c>Kickbox</c> before them. Reacher: bulk
/// results as CSV, <c>input</c>, <c>is_reachable</c>, <c>smtp.is_catch_all</c> … Vendors rename columns: each has several names.
/// </remarks>
internal sealed class VendorColumns
{
    private static readonly Dictionary<ImportVendor, Dictionary<string, string>> Names = new()
    {
        [ImportVendor.ZeroBounce] = new()
        {
            ["email"] = "email emailaddress address", ["status"] = "zbstatus status", ["detail"] = "zbsubstatus substatus", ["at"] = "zbprocessedat processedat",
            ["free"] = "zbfreeemail freeemail",
        },
        [ImportVendor.NeverBounce] = new()
        {
            ["email"] = "email emailaddress", ["status"] = "emailstatus result status neverbounceresult verificationresult resultcode", ["detail"] = "flags", ["at"] = "verifiedat validatedat processedat",
        },
        [ImportVendor.Kickbox] = new()
        {
            ["email"] = "email emailaddress", ["status"] = "kickboxresult result", ["detail"] = "kickboxreason reason", ["score"] = "kickboxsendex sendex",
            ["catchAll"] = "kickboxacceptall acceptall", ["disposable"] = "kickboxdisposable disposable", ["role"] = "kickboxrole role", ["free"] = "kickboxfree free", ["at"] = "verifiedat processedat",
        },
        [ImportVendor.Reacher] = new()
        {
            ["email"] = "input email", ["status"] = "isreachable", ["catchAll"] = "smtpiscatchall iscatchall", ["disposable"] = "miscisdisposable isdisposable",
            ["role"] = "miscisroleaccount isroleaccount", ["full"] = "smtphasfullinbox hasfullinbox", ["disabled"] = "smtpisdisabled isdisabled", ["syntax"] = "syntaxisvalidsyntax isvalidsyntax",
            ["mx"] = "mxacceptsmail acceptsmail", ["at"] = "createdat debugendtime verifiedat",
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
        "true" or "1" or "yes" or "t" => true,
        "false" or "0" or "no" or "f" => false,
        _ => null,
    };
}

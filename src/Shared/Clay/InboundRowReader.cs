using System.Security.Cryptography;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Clay;

/// <summary>Reads rows out of what Clay sends: flat objects whose keys are the names of columns. Pure.</summary>
/// <remarks>Columns are known by the same names as in files; others are custom fields. Lists and objects in a cell stay as JSON.</remarks>
public static class InboundRowReader
{
    public const int MostRows = 1000;
    public const int MostRowIdCharacters = 200;

    // What we send ourselves and a table may send back: it says nothing new.
    private static readonly string[] Own = ["prospectkey", "campaignid", "tier", "score", "validation"];

    /// <exception cref="DomainException"><c>json_invalid</c>, <c>validation_failed</c>: the request as a whole.</exception>
    public static (IReadOnlyList<InboundRow> Rows, IReadOnlyList<RejectedInboundRow> Rejected) Read(JsonElement root)
    {
        JsonElement[] elements = root.ValueKind switch
        {
            JsonValueKind.Object => [root],
            JsonValueKind.Array when root.GetArrayLength() <= MostRows => [.. root.EnumerateArray()],
            JsonValueKind.Array => throw TooMany(root.GetArrayLength()),
            _ => throw new DomainException(new DomainError(ErrorKind.Invalid, "json_invalid", "The body is JSON, but neither a row nor a list of rows.") { Fix = "Send one flat object, or a list of them." }),
        };
        var rows = new List<InboundRow>(elements.Length);
        var rejected = new List<RejectedInboundRow>();
        foreach (var (index, element) in elements.Index())
        {
            if (TryRead(index, element, out var row, out var reason))
                rows.Add(row!);
            else
                rejected.Add(new RejectedInboundRow(index, reason!));
        }
        return (rows, rejected);
    }

    private static bool TryRead(int index, JsonElement element, out InboundRow? row, out string? reason)
    {
        row = null;
        reason = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            reason = "The row is no object.";
            return false;
        }
        try
        {
            var cells = new Cells();
            foreach (var cell in element.EnumerateObject())
                cells.Add(cell.Name, cell.Value);
            if (cells.PoRowId is { Length: > MostRowIdCharacters })
            {
                reason = $"po_row_id is longer than {MostRowIdCharacters} characters.";
                return false;
            }
            var check = ProspectRules.CheckFields(cells.ToProspect());
            reason = check.Rejection;
            if (check.Prospect is not { } prospect)
                return false;
            row = new InboundRow(index, cells.PoRowId, prospect, ContentOf(prospect));
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 stands for half a character.
            reason = "The row holds something that is no text.";
            return false;
        }
    }

    private static string ContentOf(Prospect prospect)
    {
        // The order of columns says nothing.
        var sorted = prospect with { Custom = prospect.Custom is null ? null : new SortedDictionary<string, string>(prospect.Custom.ToDictionary(), StringComparer.Ordinal) };
        return Base32.Encode(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(sorted, JsonDefaults.Options)), 26);
    }

    private static DomainException TooMany(int rows) => new(new DomainError(ErrorKind.Invalid, "validation_failed", $"A request holds at most {MostRows} rows; there were {rows}.")
    {
        Fix = "Send the rows in several requests.",
    });

    private sealed class Cells
    {
        private readonly Dictionary<CsvTarget, string> _known = [];
        private readonly Dictionary<string, string> _custom = new(StringComparer.Ordinal);

        public string? PoRowId { get; private set; }

        public void Add(string name, JsonElement value)
        {
            var folded = FoldedText.Compact(name);
            if (Text(value) is not { } text || string.IsNullOrWhiteSpace(text) || Own.Contains(folded))
                return;
            if (folded == "porowid")
                PoRowId ??= text.Trim();
            else if (folded == "custom" && value.ValueKind == JsonValueKind.Object)
                AddCustom(value);
            else if (HeaderAliases.Find(name) is var target && target != CsvTarget.Custom && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && _known.TryAdd(target, text))
                return;
            else
                _custom.TryAdd(name, text);
        }

        public Prospect ToProspect()
        {
            var name = _known.GetValueOrDefault(CsvTarget.FullName) is { } whole ? FullName.Split(whole) : (First: null, Last: null);
            int? employees = null;
            if (_known.GetValueOrDefault(CsvTarget.Employees) is { } size)
            {
                // What is no number is kept as text; the row is not worth losing over it.
                if (EmployeeCount.TryParse(size, out var count))
                    employees = count;
                else
                    _custom.TryAdd("employees", size);
            }
            return new Prospect
            {
                Email = _known.GetValueOrDefault(CsvTarget.Email),
                FirstName = _known.GetValueOrDefault(CsvTarget.FirstName) ?? (_known.ContainsKey(CsvTarget.LastName) ? null : name.First),
                LastName = _known.GetValueOrDefault(CsvTarget.LastName) ?? name.Last,
                Title = _known.GetValueOrDefault(CsvTarget.Title),
                Company = _known.GetValueOrDefault(CsvTarget.Company),
                CompanyDomain = _known.GetValueOrDefault(CsvTarget.CompanyDomain),
                Employees = employees,
                Country = _known.GetValueOrDefault(CsvTarget.Country),
                LinkedinUrl = _known.GetValueOrDefault(CsvTarget.LinkedinUrl),
                Notes = _known.GetValueOrDefault(CsvTarget.Notes),
                Custom = _custom.Count == 0 ? null : _custom,
            };
        }

        private void AddCustom(JsonElement fields)
        {
            foreach (var field in fields.EnumerateObject())
            {
                if (Text(field.Value) is { } text && !string.IsNullOrWhiteSpace(text))
                    _custom.TryAdd(field.Name, text);
            }
        }

        private static string? Text(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => value.GetRawText(),
        };
    }
}

using CsvHelper;

namespace ProspectOps.Prospects.Import;

/// <summary>Turns the fields of a row into a prospect.</summary>
internal sealed class RowMapper(HeaderMap header)
{
    public ImportedRow Map(CsvReader reader)
    {
        var line = (int)Math.Min(reader.LineNumber, int.MaxValue);
        if (reader.FieldCount != header.Targets.Length)
            return new(line, null, $"The row has {reader.FieldCount} fields, the header {header.Targets.Length}.");
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (reader.GetRawSpan(i).Length > CsvLimits.Field)
                return new(line, null, $"Field {i + 1} is over {CsvLimits.Field / 1_048_576} MiB; a quote may be missing.");
        }
        var check = ProspectRules.Check(Read(reader));
        return new(line, check.Prospect, check.Rejection);
    }

    private Prospect Read(CsvReader reader)
    {
        var prospect = new Prospect();
        Dictionary<string, string>? custom = null;
        for (var i = 0; i < header.Targets.Length; i++)
        {
            if (reader.IsEmpty(i))
                continue;
            var value = reader.GetString(i);
            switch (header.Targets[i])
            {
                case CsvTarget.Email: prospect = prospect with { Email = value }; break;
                case CsvTarget.FirstName: prospect = prospect with { FirstName = value }; break;
                case CsvTarget.LastName: prospect = prospect with { LastName = value }; break;
                case CsvTarget.Title: prospect = prospect with { Title = value }; break;
                case CsvTarget.Company: prospect = prospect with { Company = value }; break;
                case CsvTarget.CompanyDomain: prospect = prospect with { CompanyDomain = value }; break;
                case CsvTarget.Country: prospect = prospect with { Country = value }; break;
                case CsvTarget.LinkedinUrl: prospect = prospect with { LinkedinUrl = value }; break;
                case CsvTarget.Notes: prospect = prospect with { Notes = value }; break;
                case CsvTarget.Employees when EmployeeCount.TryParse(value, out var employees):
                    prospect = prospect with { Employees = employees };
                    break;
                case CsvTarget.FullName: break;
                // What is no number is kept as text; the row is not worth losing over it.
                case CsvTarget.Employees:
                    Keep(header.Columns[i].Name, value);
                    break;
                default:
                    Keep(header.Columns[i].MapsTo[CsvColumns.CustomPrefix.Length..], value);
                    break;
            }
        }
        return WithWholeName(reader, prospect) with { Custom = custom };

        void Keep(string name, string value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                (custom ??= []).TryAdd(name, value);
        }
    }

    /// <summary>Fills what the columns of their own leave open.</summary>
    private Prospect WithWholeName(CsvReader reader, Prospect prospect)
    {
        var column = Array.IndexOf(header.Targets, CsvTarget.FullName);
        if (column < 0 || reader.IsEmpty(column) || !string.IsNullOrWhiteSpace(prospect.LastName))
            return prospect;
        var (first, last) = FullName.Split(reader.GetString(column));
        return prospect with { FirstName = string.IsNullOrWhiteSpace(prospect.FirstName) ? first : prospect.FirstName, LastName = last };
    }
}

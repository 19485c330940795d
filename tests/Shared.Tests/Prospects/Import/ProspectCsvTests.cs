using System.Text;
using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Tests.Prospects.Import;

public sealed class ProspectCsvTests
{
    private const string Header = "email,firstName,lastName,company";

    public static TheoryData<string, bool, string, string> Combinations()
    {
        var data = new TheoryData<string, bool, string, string>();
        foreach (var encoding in new[] { "utf-8", "utf-16", "utf-16BE", "windows-1252" })
        {
            foreach (var hasMark in new[] { false, true })
            {
                foreach (var delimiter in new[] { ",", ";", "\t" })
                {
                    foreach (var newline in new[] { "\n", "\r\n", "\r" })
                    {
                        if (!hasMark || encoding != "windows-1252")
                            data.Add(encoding, hasMark, delimiter, newline);
                    }
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Every_encoding_delimiter_and_line_end_reads_the_same(string encodingName, bool hasMark, string delimiter, string newline)
    {
        var encoding = CsvEncodings.ByName(encodingName);
        string[] rows =
        [
            string.Join(delimiter, "E-Mail", "Vorname", "Nachname", "Firma", "Notiz"),
            string.Join(delimiter, "jörg@bücher.example", "Jörg", "Müßig", "\"Bücher, Blätter; Co\"", $"\"Zeile 1{newline}Zeile \"\"2\"\"\""),
            "",
            string.Join(delimiter, "renée@été.example", "Renée", "Dupont", "Été", ""),
        ];
        byte[] bytes = [.. hasMark ? Mark(encoding) : [], .. encoding.GetBytes(string.Join(newline, rows))];

        var (columns, imported) = await ReadAsync(bytes);

        Assert.Equal(["email", "firstName", "lastName", "company", "notes"], columns.Select(column => column.MapsTo));
        Assert.Equal([2, 5], imported.Select(row => row.Line));
        Assert.Equal(new Prospect { Email = "jörg@bücher.example", FirstName = "Jörg", LastName = "Müßig", Company = "Bücher, Blätter; Co", Notes = "Zeile 1\nZeile \"2\"" }, imported[0].Prospect);
        Assert.Equal("Été", imported[1].Prospect!.Company);
    }

    [Theory]
    [InlineData("Work Email", "email")]
    [InlineData("E-Mail", "email")]
    [InlineData("e_mail address", "email")]
    [InlineData("Correo electrónico", "email")]
    [InlineData("Adresse e-mail", "email")]
    [InlineData("Courriel", "email")]
    [InlineData("Firma", "company")]
    [InlineData("Société", "company")]
    [InlineData("Empresa", "company")]
    [InlineData("Job Title", "title")]
    [InlineData("Stellenbezeichnung", "title")]
    [InlineData("Vorname", "firstName")]
    [InlineData("Prénom", "firstName")]
    [InlineData("Nachname", "lastName")]
    [InlineData("Apellidos", "lastName")]
    [InlineData("LinkedIn Profile", "linkedinUrl")]
    [InlineData("# Employees", "employees")]
    [InlineData("Number of Employees", "employees")]
    [InlineData("Beschäftigte", "employees")]
    [InlineData("Website", "companyDomain")]
    [InlineData("País", "country")]
    [InlineData("Bemerkungen", "notes")]
    [InlineData("Full Name", "firstName+lastName")]
    [InlineData("Name", "firstName+lastName")]
    [InlineData("Renewal Date", "custom.Renewal Date")]
    [InlineData("Company LinkedIn Url", "custom.Company LinkedIn Url")]
    public async Task Header_is_recognised_by_its_aliases(string header, string mapsTo)
    {
        var usable = mapsTo == "email" ? "linkedinUrl" : "email";

        var (columns, _) = await ReadAsync($"{header},{usable}\nx,a@b.example\n");

        Assert.Equal(new CsvColumn(header, mapsTo), columns[0]);
    }

    [Theory]
    [InlineData("Vorname;Name;Firma", "firstName", "lastName")]
    [InlineData("Prénom;Nom;Société", "firstName", "lastName")]
    [InlineData("Nombre;Apellidos;Empresa", "firstName", "lastName")]
    public async Task Name_beside_a_first_name_is_the_last_name(string header, string first, string second)
    {
        var (columns, _) = await ReadAsync($"{header}\nAnna;Berg;Acme\n");

        Assert.Equal([first, second, "company"], columns.Select(column => column.MapsTo));
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("\n\r\n  \n", "csv_empty")]
    [InlineData(Header, "csv_no_rows")]
    [InlineData(Header + "\r\n\r\n", "csv_no_rows")]
    [InlineData("colour,size\nred,1\n", "csv_no_usable_column")]
    [InlineData("first name,title\nAnna,CEO\n", "csv_no_usable_column")]
    [InlineData("anna@acme.example\nben@acme.example\n", "csv_no_usable_column")]
    [InlineData("email,Work Email\na@b.example,c@d.example\n", "csv_duplicate_column")]
    [InlineData("email\n\0\0\n", "csv_binary")]
    public async Task File_that_cannot_be_used_is_refused_with_a_code_and_a_mend(string text, string code)
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => OpenAsync(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(code, refusal.Error.Code);
        Assert.Equal(ErrorKind.Invalid, refusal.Error.Kind);
        Assert.False(string.IsNullOrEmpty(refusal.Error.Fix));
    }

    [Fact]
    public async Task Two_columns_for_one_field_are_both_named()
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => OpenAsync("Work Email,Name,E-Mail\na,b,c\n"u8.ToArray()));

        Assert.Contains("\"Work Email\"", refusal.Error.Detail, StringComparison.Ordinal);
        Assert.Contains("\"E-Mail\"", refusal.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_rejected_with_their_line_and_the_rest_goes_on()
    {
        var text = $"{Header}\na@b.example,Anna,Berg,Acme\nonly,three,fields\n,Ben,,Acme\n,,Cole,Acme\n\nx@y.example,An\u0001na,,\nno address,Dora,Dean,Dodo\n"
            + $"z@z.example,{new string('x', 201)},,\n";

        var (_, rows) = await ReadAsync(text);

        Assert.Equal([2, 3, 4, 5, 7, 8, 9], rows.Select(row => row.Line));
        Assert.Equal([3, 4, 7, 9], rows.Where(row => row.Rejection is not null).Select(row => row.Line));
        Assert.Equal("The row has 3 fields, the header 4.", rows[1].Rejection);
        Assert.Equal(ProspectRules.NobodyNamed, rows[2].Rejection);
        Assert.Equal("no address", rows[5].Prospect!.Email);
    }

    [Fact]
    public async Task Line_is_where_the_row_begins_whatever_breaks_stand_in_quotes()
    {
        var (_, rows) = await ReadAsync("email,notes\r\na@b.example,\"1\n2\r3\r\n4\"\r\n\r\n\r\nc@d.example,x\r\n");

        Assert.Equal([2, 8], rows.Select(row => row.Line));
    }

    [Fact]
    public async Task Excel_s_separator_hint_is_obeyed_and_is_no_header()
    {
        var (columns, rows) = await ReadAsync("sep=;\r\nemail;a,b,c,d\r\na@b.example;1\r\n");

        Assert.Equal(["email", "custom.a,b,c,d"], columns.Select(column => column.MapsTo));
        Assert.Equal(3, Assert.Single(rows).Line);
    }

    [Fact]
    public async Task Delimiters_inside_quotes_of_the_header_do_not_count()
    {
        var (columns, _) = await ReadAsync("\"a;b;c;d\",email\n1,a@b.example\n");

        Assert.Equal(["custom.a;b;c;d", "email"], columns.Select(column => column.MapsTo));
    }

    [Fact]
    public async Task Unknown_columns_are_custom_fields_and_keep_apart()
    {
        var (columns, rows) = await ReadAsync("email,Owner,Owner,,Empty\na@b.example,Kim,Lou,x,\n");

        Assert.Equal(["email", "custom.Owner", "custom.Owner (2)", "custom.column 4", "custom.Empty"], columns.Select(column => column.MapsTo));
        Assert.Equal(
            new Dictionary<string, string> { ["Owner"] = "Kim", ["Owner (2)"] = "Lou", ["column 4"] = "x" },
            Assert.Single(rows).Prospect!.Custom);
    }

    [Fact]
    public async Task Number_of_employees_that_is_none_becomes_a_custom_field()
    {
        var (_, rows) = await ReadAsync("email,# Employees\na@b.example,many\nc@d.example,51-200\n");

        Assert.Null(rows[0].Prospect!.Employees);
        Assert.Equal("many", rows[0].Prospect!.Custom!["# Employees"]);
        Assert.Equal(51, rows[1].Prospect!.Employees);
    }

    [Fact]
    public async Task Field_over_a_megabyte_rejects_its_row_alone()
    {
        var text = $"{Header}\n{new string('x', CsvLimits.Field + 1)},A,B,C\na@b.example,A,B,C\n";

        var (_, rows) = await ReadAsync(text);

        Assert.Equal([false, true], rows.Select(row => row.Prospect is not null));
    }

    [Theory]
    [InlineData("\"open,A,B,C\nlost@b.example,D,E,F\n")]
    [InlineData("a@b.example,A,B,\"open\nlost@b.example,D,E,F\n")]
    [InlineData("a@b.example,A,B,\"say \"\"hello\"\"\nlost@b.example,D,E,F")]
    [InlineData("a@b.example,A,\"B\"b,\"")]
    [InlineData("\"")]
    public async Task Quote_still_open_at_the_end_refuses_the_file_with_its_line(string last)
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => ReadAsync($"{Header}\n\"a@b.example\",A,B,\"C \"\"D\"\"\"\n{last}"));

        Assert.Equal("csv_quote_open", refusal.Error.Code);
        Assert.Contains("line 3", refusal.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_still_open_in_the_header_refuses_the_file()
    {
        var refusal = await Assert.ThrowsAsync<DomainException>(() => ReadAsync("email,\"company\na@b.example,Acme\n"));

        Assert.Equal("csv_quote_open", refusal.Error.Code);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"\"\"\"")]
    [InlineData("\"C\"")]
    [InlineData("\"C\"c")]
    [InlineData("C\"")]
    [InlineData("\"C, \"\"c\"\", c\"")]
    public async Task Quotes_that_are_closed_or_stray_refuse_nothing(string company)
    {
        var (_, rows) = await ReadAsync($"{Header}\na@b.example,A,B,{company}\nc@d.example,A,B,{company}");

        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task Quote_never_closed_ends_the_reading_with_its_line()
    {
        var text = $"{Header}\na@b.example,A,B,C\n\"open,A,B,C\n" + string.Concat(Enumerable.Repeat("some@row.example,A,B,C\n", 400_000));

        var refusal = await Assert.ThrowsAsync<DomainException>(() => ReadAsync(text));

        Assert.Equal("csv_row_too_long", refusal.Error.Code);
        Assert.Contains("line 3", refusal.Error.Detail, StringComparison.Ordinal);
    }

    private static Task<(IReadOnlyList<CsvColumn> Columns, List<ImportedRow> Rows)> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    private static async Task<(IReadOnlyList<CsvColumn> Columns, List<ImportedRow> Rows)> ReadAsync(byte[] bytes)
    {
        await using var csv = await OpenAsync(bytes);
        var rows = new List<ImportedRow>();
        await foreach (var row in csv.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(row);
        return (csv.Columns, rows);
    }

    private static Task<ProspectCsv> OpenAsync(byte[] bytes)
    {
        var scanner = new TextEncodingScanner();
        // In small blocks of odd size, as a network delivers them.
        foreach (var block in bytes.Chunk(7))
            scanner.Append(block);
        return ProspectCsv.OpenAsync(new MemoryStream(bytes), scanner.Result, TestContext.Current.CancellationToken);
    }

    private static byte[] Mark(Encoding encoding) => encoding.WebName switch
    {
        "utf-8" => [0xEF, 0xBB, 0xBF],
        "utf-16" => [0xFF, 0xFE],
        _ => [0xFE, 0xFF],
    };
}

using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;

namespace ProspectOps.Tests.Prospects;

public sealed class ProspectRulesTests
{
    [Fact]
    public void Record_is_trimmed_folded_and_cleaned()
    {
        var check = ProspectRules.Check(new Prospect
        {
            Email = "  Jane@Acme.com ",
            FirstName = " Jane \u00A0 Mary\n",
            LastName = "",
            CompanyDomain = "https://www.Acme.com/about",
            Country = "deutschland",
            Notes = " one\r\ntwo ",
            Custom = new Dictionary<string, string> { [" Owner "] = " Kim ", ["Empty"] = " " },
        });

        Assert.True(check.IsAccepted);
        Assert.Equal(("Jane@Acme.com", "Jane Mary", null, "acme.com", "DE", "one\ntwo"),
            (check.Prospect.Email, check.Prospect.FirstName, check.Prospect.LastName, check.Prospect.CompanyDomain, check.Prospect.Country, check.Prospect.Notes));
        Assert.Equal(new Dictionary<string, string> { ["Owner"] = "Kim" }, check.Prospect.Custom);
    }

    [Theory]
    [InlineData("Germany", "DE")]
    [InlineData("de", "DE")]
    [InlineData("DEU", "DE")]
    [InlineData("Allemagne", "DE")]
    [InlineData("Alemania", "DE")]
    [InlineData("UK", "GB")]
    [InlineData("U.S.A.", "US")]
    [InlineData("United States", "US")]
    [InlineData("Österreich", "AT")]
    [InlineData("Malta", "MT")]
    [InlineData("Atlantis", "Atlantis")]
    public void Country_becomes_its_code_where_it_is_known(string country, string expected) =>
        Assert.Equal(expected, ProspectRules.Check(new Prospect { Email = "a@b.c", Country = country }).Prospect!.Country);

    [Theory]
    [InlineData("acme.example", "acme.example")]
    [InlineData("HTTP://www.acme.example:8080/x?y#z", "acme.example")]
    [InlineData("//acme.example/", "acme.example")]
    [InlineData("info@acme.example", "acme.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("acme", null)]
    [InlineData("n/a", null)]
    public void Website_becomes_a_host(string text, string? host) => Assert.Equal(host, HostName.Of(text));

    [Fact]
    public void What_is_no_host_and_no_web_link_stays_as_a_custom_field()
    {
        var prospect = ProspectRules.Check(new Prospect { Email = "a@b.c", CompanyDomain = "none yet", LinkedinUrl = "javascript:alert(1)" }).Prospect!;

        Assert.Null(prospect.CompanyDomain);
        Assert.Null(prospect.LinkedinUrl);
        Assert.Equal("none yet", prospect.Custom!["companyDomain"]);
        Assert.Equal("javascript:alert(1)", prospect.Custom["linkedinUrl"]);
    }

    [Fact]
    public void Broken_address_is_no_reason_to_refuse()
    {
        var check = ProspectRules.Check(new Prospect { Email = new string('x', 5_000) });

        Assert.Equal(ProspectLimits.Email, check.Prospect!.Email!.Length);
    }

    [Fact]
    public void Faults_name_their_field()
    {
        Assert.Equal("title", ProspectRules.Check(new Prospect { Email = "a@b.c", Title = new string('x', 301) }).Field);
        Assert.Equal("lastName", ProspectRules.Check(new Prospect { Email = "a@b.c", LastName = "a\u0007b" }).Field);
        Assert.Equal("employees", ProspectRules.Check(new Prospect { Email = "a@b.c", Employees = -1 }).Field);
        Assert.Equal("custom.x", ProspectRules.Check(new Prospect { Email = "a@b.c", Custom = new Dictionary<string, string> { ["x"] = new('x', 5_001) } }).Field);
        Assert.Equal(ProspectRules.NobodyNamed, ProspectRules.Check(new Prospect { FirstName = "Jane", Company = "Acme" }).Rejection);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("1,200", 1200)]
    [InlineData("1.200", 1200)]
    [InlineData("1 200", 1200)]
    [InlineData("1'200", 1200)]
    [InlineData("1,234,567", 1234567)]
    [InlineData("51-200", 51)]
    [InlineData("51 – 200", 51)]
    [InlineData("1,001-5,000", 1001)]
    [InlineData("11-50 employees", 11)]
    [InlineData("10,001+", 10001)]
    [InlineData("1k+", 1000)]
    [InlineData("1.5k", 1500)]
    [InlineData("1k-5k", 1000)]
    [InlineData("~300", 300)]
    [InlineData("250 Mitarbeiter", 250)]
    [InlineData("50 bis 100", 50)]
    [InlineData("many", null)]
    [InlineData("1.5", null)]
    [InlineData("12,34", null)]
    [InlineData("200-51", null)]
    [InlineData("<50", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    [InlineData("k", null)]
    public void Number_of_employees_is_read_or_left(string text, int? expected) =>
        Assert.Equal(expected, EmployeeCount.TryParse(text, out var employees) ? employees : null);

    [Theory]
    [InlineData("Jane Doe", "Jane", "Doe")]
    [InlineData("Doe, Jane", "Jane", "Doe")]
    [InlineData("Dr. Jane Mary Doe", "Jane Mary", "Doe")]
    [InlineData("Ludwig van Beethoven", "Ludwig", "van Beethoven")]
    [InlineData("María de la Cruz", "María", "de la Cruz")]
    [InlineData("John Smith Jr.", "John", "Smith")]
    [InlineData("John Smith, MBA", "John", "Smith")]
    [InlineData("Herr Jan Berg", "Jan", "Berg")]
    [InlineData("Cher", "Cher", null)]
    [InlineData(" ", null, null)]
    public void Whole_name_is_split_with_care(string name, string? first, string? last) => Assert.Equal((first, last), FullName.Split(name));

    [Fact]
    public void Text_encoding_is_told_by_the_whole_file()
    {
        Assert.Equal("utf-8", Scan([.. new byte[70_000].Select(_ => (byte)'a'), 0xC3, 0xA9]));
        Assert.Equal("windows-1252", Scan([.. new byte[70_000].Select(_ => (byte)'a'), 0xE9, (byte)'x']));
        Assert.Equal("windows-1252", Scan([(byte)'a', 0xC3]));
        Assert.Equal("utf-16", Scan(System.Text.Encoding.Unicode.GetBytes("почта;имя\nиван@acme.example;Иван\n")));
        Assert.Equal("csv_binary", Assert.Throws<ProspectOps.Platform.Errors.DomainException>(() => Scan([0x50, 0x4B, 3, 4, 0, 0, 0, 1])).Error.Code);
        Assert.Equal("csv_binary", Assert.Throws<ProspectOps.Platform.Errors.DomainException>(() => Scan([1, 2, 0, 0, 0, 5, 0, 0])).Error.Code);
        Assert.Equal("csv_empty", Assert.Throws<ProspectOps.Platform.Errors.DomainException>(() => Scan([])).Error.Code);
    }

    private static string Scan(byte[] bytes)
    {
        var scanner = new TextEncodingScanner();
        foreach (var block in bytes.Chunk(1_001))
            scanner.Append(block);
        return scanner.Result.WebName;
    }
}

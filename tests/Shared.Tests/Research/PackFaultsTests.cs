using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.Research;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Research;

/// <summary>One spoilt line a test: the message must name the file, the place and what to change.</summary>
public sealed class PackFaultsTests
{
    private static readonly string Casino = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "Shared", "Research", "Packs", "casino.json"));

    [Fact]
    public void A_sound_pack_has_no_fault() => Assert.Empty(FaultsAfter(_ => { }));

    public static TheoryData<string, string, string, string> Spoilt => new()
    {
        // where to write, what (JSON), the path of the fault, words of the message
        { "id", "\"Casino\"", "$.id", "is not an id" },
        { "id", "\"kasino\"", "$.id", "must be the same" },
        { "notes", "\"call Bob\"", "$.notes", "a file has none" },
        { "name", "\" \"", "$.name", "not empty" },
        { "name", "\"two\\nlines\"", "$.name", "one line" },
        { "summary", "\"No full stop\"", "$.summary", "full stop" },
        { "audience", "\"Online casinos\"", "$.audience", "start lower case" },
        { "audience", "\"casinos.\"", "$.audience", "must not end with a stop" },
        { "vocabulary", "[]", "$.vocabulary", "at least one" },
        { "vocabulary", "[\"GGR\", \"ggr\"]", "$.vocabulary[1]", "stands here twice" },
        { "personas", "[]", "$.personas", "at least one" },
        { "personas/1/id", "\"crm-retention\"", "$.personas[1].id", "unique" },
        { "personas/1/focus", "\"Acquisition.\"", "$.personas[1].focus", "must not end with a stop" },
        { "personas/1/titleWords", "[]", "$.personas[1].titleWords", "at least one" },
        { "personas/1/titleWords/0", "\"CMO\"", "$.personas[1].titleWords[0]", "must be lower case" },
        { "personas/1/titleWords/0", "\"crm\"", "$.personas[1].titleWords[0]", "belongs to \"crm-retention\" already" },
        { "personas/1/titleWords/0", "\"&\"", "$.personas[1].titleWords[0]", "never found" },
        { "personas/1/titleWords/0", "\"head, marketing\"", "$.personas[1].titleWords[0]", "never found" },
        { "personas/1/words", "[]", "$.personas[1].words", "at least one" },
        { "personas/1/pains", "[]", "$.personas[1].pains", "at least one pain" },
        { "personas/1/pains/0", "\"boredom\"", "$.personas[1].pains[0]", "There is no pain \"boredom\"" },
        { "personas/1/pains/1", "\"acquisition-cost\"", "$.personas[1].pains[1]", "twice" },
        { "pains/0/id", "\"bonus abuse\"", "$.pains[0].id", "is not an id" },
        { "pains/0/text", "\"players who leave\"", "$.pains[0].text", "full stop" },
        { "pains/0/phrase", "\"Players who leave\"", "$.pains[0].phrase", "start lower case" },
        { "triggers/0/keywords", "[]", "$.triggers[0].keywords", "at least one" },
        { "triggers/0/keywords/1", "\"new brand\"", "$.triggers[4].keywords[0]", "belongs to \"market-entry\" already" },
        { "triggers/0/phrase", "\"entering a market.\"", "$.triggers[0].phrase", "must not end with a stop" },
        { "objections/0/answer", "\"no\"", "$.objections[0].answer", "full stop" },
        { "valuePropositions/0/pains/0", "\"boredom\"", "$.valuePropositions[0].pains[0]", "There is no pain" },
        { "compliance/0/region", "[]", "$.compliance[0].region", "EU or *" },
        { "compliance/0/region/0", "\"UK\"", "$.compliance[0].region[0]", "is GB" },
        { "rubric/role/crm-retention", "101", "$.rubric.role.crm-retention", "within 0 to 100" },
        { "rubric/role/janitor", "1", "$.rubric.role.janitor", "There is no persona" },
        { "rubric/role", "{\"crm-retention\": 32}", "$.rubric.role", "The persona \"marketing-acquisition\" has no points" },
        { "rubric/seniority", "{\"executive\": 1, \"director\": 1, \"manager\": 1}", "$.rubric.seniority", "\"specialist\" has no points" },
        { "rubric/domain/charity", "1", "$.rubric.domain.charity", "There is no kind of domain" },
        { "rubric/freeText/rain", "1", "$.rubric.freeText.rain", "There is no trigger" },
        { "rubric/freeTextCap", "-1", "$.rubric.freeTextCap", "within 0 to 100" },
        { "rubric/companySize", "[]", "$.rubric.companySize", "start at 1" },
        { "rubric/companySize/0/from", "5", "$.rubric.companySize", "start at 1" },
        { "rubric/companySize/1/from", "1", "$.rubric.companySize[1].from", "from small to large" },
        { "rubric/companySize/1/name", "\"\"", "$.rubric.companySize[1].name", "needs a name" },
        { "rubric/country/0/countries/0", "\"UK\"", "$.rubric.country[0].countries[0]", "is GB" },
        { "rubric/country/0/countries/0", "\"DE\"", "$.rubric.country[1].countries[0]", "two places" },
        { "rubric/country/0/countries", "[]", "$.rubric.country[0].countries", "at least one" },
        { "rubric/country/0/why", "\"\"", "$.rubric.country[0].why", "needs its why" },
        { "rubric/domainWords", "[]", "$.rubric.domainWords", "at least one" },
        { "rubric/domainWords/0", "\"Casino!\"", "$.rubric.domainWords[0]", "a-z and 0-9" },
        { "rubric/domainWords/0", "\"bet\"", "$.rubric.domainWords[2]", "twice" },
        { "rubric/role/crm-retention", "60", "$.rubric", "adds up to 127" },
        { "rubric/freeTextCap", "0", "$.rubric", "must be 90 to 100" },
        { "personas/0/nickname", "\"Bob\"", "$.personas[0].nickname", "nickname" },
        { "personas/0/pains/0", "null", "$.personas[0].pains[0]", "must not be null" },
        { "rubric/otherCountry", "\"2\"", "$.rubric.otherCountry", "could not be converted" },
        { "rubric/otherCountry", "2.5", "$.rubric.otherCountry", "could not be converted" },
    };

    [Theory, MemberData(nameof(Spoilt))]
    public void A_fault_names_its_file_its_place_and_its_mend(string where, string json, string path, string message)
    {
        var faults = FaultsAfter(pack => Write(pack, where, json));

        Assert.Contains(faults, fault => fault.File == "casino.json" && fault.Path == path && fault.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_field_is_named()
    {
        var fault = Assert.Single(FaultsAfter(pack => pack.Remove("audience")));

        Assert.Contains("audience", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_stands_twice_is_a_fault()
    {
        var (pack, faults) = PackFile.Read("casino.json", Encoding.UTF8.GetBytes(Casino.Replace("\"name\": \"Online", "\"id\": \"casino\", \"name\": \"Online", StringComparison.Ordinal)));

        Assert.Null(pack);
        Assert.Contains("id", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"id\": ")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("\"casino\"")]
    public void What_is_no_object_is_one_fault(string json)
    {
        var (pack, faults) = PackFile.Read("casino.json", Encoding.UTF8.GetBytes(json));

        Assert.Null(pack);
        Assert.StartsWith("casino.json: ", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_of_the_build_names_file_line_and_path()
    {
        var folder = Directory.CreateTempSubdirectory("packs");
        try
        {
            var root = JsonNode.Parse(Casino)!.AsObject();
            Write(root, "personas/2/pains", "[]");
            Write(root, "rubric/otherCountry", "-1");
            Write(root, "colour", "\"red\"");
            root.Remove("audience");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "casino.json"), root.ToJsonString(new() { WriteIndented = true }));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.json"), "{ \"id\": ");

            var (exitCode, output) = await SchemaCheck.RunAsync(folder.FullName);

            Assert.Equal(1, exitCode);
            Assert.Matches(@"casino\.json\(\d{2,},\d+\): error PACK0001: \$\.personas\[2\]\.pains: must hold at least 1", output);
            Assert.Contains("$.rubric.otherCountry: -1 is less than 0", output, StringComparison.Ordinal);
            Assert.Contains("$.colour: is not a field", output, StringComparison.Ordinal);
            Assert.Contains("\"audience\" is missing", output, StringComparison.Ordinal);
            Assert.Contains("broken.json(1,1): error PACK0001: $: this is not JSON", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<PackFault> FaultsAfter(Action<JsonObject> spoil)
    {
        var pack = JsonNode.Parse(Casino)!.AsObject();
        spoil(pack);
        return PackFile.Read("casino.json", Encoding.UTF8.GetBytes(pack.ToJsonString())).Faults;
    }

    private static void Write(JsonObject root, string where, string json)
    {
        var steps = where.Split('/');
        JsonNode node = root;
        foreach (var step in steps[..^1])
            node = node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        if (node is JsonArray array)
            array[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(json);
        else
            node[steps[^1]] = JsonNode.Parse(json);
    }
}

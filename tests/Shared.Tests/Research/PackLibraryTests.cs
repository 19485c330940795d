using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Errors;
using ProspectOps.Research;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Research;

public sealed class PackLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packs");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Packs_are_read_once_and_sorted_by_id()
    {
        var library = Library(null);

        Assert.Same(library.All, library.All);
        Assert.Equal(library.All.Select(pack => pack.Id).Order(StringComparer.Ordinal), library.All.Select(pack => pack.Id));
        Assert.Same(library.Find("casino"), library.Find("CASINO"));
        Assert.Null(library.Find("alchemy"));
    }

    [Fact]
    public void A_pack_in_the_folder_is_added()
    {
        Put("boats.json", Shipped("casino").Replace("\"id\": \"casino\"", "\"id\": \"boats\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder.FullName, "pack.schema.json"), "{}");

        var library = Library(_folder.FullName);

        Assert.NotNull(library.Find("boats"));
        Assert.NotNull(library.Find("casino"));
    }

    [Fact]
    public void A_pack_in_the_folder_replaces_the_shipped_one_of_its_id()
    {
        Put("casino.json", Shipped("casino").Replace("\"Online casinos and betting\"", "\"Our casinos\"", StringComparison.Ordinal));

        Assert.Equal("Our casinos", Library(_folder.FullName).Find("casino")!.Name);
    }

    [Fact]
    public void All_faults_of_all_files_are_told_at_once()
    {
        Put("a.json", "{}");
        Put("b.json", "nonsense");

        var fault = Assert.Throws<InvalidPacksException>(() => Library(_folder.FullName).All);

        Assert.Equal(["a.json", "b.json"], fault.Faults.Select(fault => fault.File).Distinct());
        Assert.Contains("b.json: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault_that_names_the_setting()
    {
        var fault = Assert.Throws<InvalidPacksException>(() => Library(Path.Combine(_folder.FullName, "nowhere")).All);

        Assert.Equal("Research:PacksFolder", Assert.Single(fault.Faults).Path);
    }

    [Fact]
    public void A_file_too_large_to_be_a_pack_is_not_read()
    {
        Put("huge.json", new string(' ', 2_000_000));

        var fault = Assert.Throws<InvalidPacksException>(() => Library(_folder.FullName).All);

        Assert.Contains("1 MiB", Assert.Single(fault.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registration_reads_the_folder_from_configuration_and_checks_it_at_start()
    {
        Put("b.json", "nonsense");
        await using var services = Services(("Research:PacksFolder", _folder.FullName));

        var start = services.GetServices<IHostedService>().Single();

        await Assert.ThrowsAsync<InvalidPacksException>(() => start.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Rules_research_every_industry_without_notes_as_it_is()
    {
        await using var services = Services();
        var researcher = services.GetRequiredService<IResearcher>();

        var pack = await researcher.ResearchAsync("saas", "  ", CancellationToken.None);

        Assert.Same(services.GetRequiredService<PackLibrary>().Find("saas"), pack);
        Assert.Equal("rules", researcher.Source);
        Assert.Contains(("saas", "Software as a service"), researcher.Industries);
    }

    [Fact]
    public async Task Notes_are_kept_beside_the_pack_in_one_line_and_change_nothing_else()
    {
        await using var services = Services();

        var pack = await services.GetRequiredService<IResearcher>().ResearchAsync("saas", " we sell\r\nto \u202EDACH\u0007 only " + new string('x', 9_000), CancellationToken.None);

        Assert.StartsWith("we sell to DACH only xxx", pack.Notes, StringComparison.Ordinal);
        Assert.True(pack.Notes!.Length <= RulesResearcher.LongestNotes + 1);
        Assert.Equal(services.GetRequiredService<PackLibrary>().Find("saas"), pack with { Notes = null });
    }

    [Fact]
    public async Task An_unknown_industry_is_refused_with_the_ones_that_there_are()
    {
        await using var services = Services();

        var refusal = await Assert.ThrowsAsync<DomainException>(() => services.GetRequiredService<IResearcher>().ResearchAsync("<script>", null, CancellationToken.None));

        Assert.Equal((ErrorKind.NotFound, "industry_not_found"), (refusal.Error.Kind, refusal.Error.Code));
        Assert.Contains("casino", refusal.Error.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("script", refusal.Error.Detail + refusal.Error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_in_the_manual_is_a_pack()
    {
        var manual = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "industries.md"));
        var start = manual.IndexOf("```json\n{", StringComparison.Ordinal) + "```json\n".Length;
        Put("bike-rental.json", manual[start..manual.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.NotNull(Library(_folder.FullName).Find("bike-rental"));
    }

    private static PackLibrary Library(string? folder) => new(Options.Create(new ResearchOptions { PacksFolder = folder }));

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddResearch(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .BuildServiceProvider();

    private static string Shipped(string id) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "Shared", "Research", "Packs", $"{id}.json"));

    private void Put(string name, string json) => File.WriteAllText(Path.Combine(_folder.FullName, name), json);
}

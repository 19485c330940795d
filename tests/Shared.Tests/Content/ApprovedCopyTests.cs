using System.Text;
using ProspectOps.Content;
using ProspectOps.Testing;
using static ProspectOps.Tests.Content.SomeRequests;

namespace ProspectOps.Tests.Content;

/// <summary>The copy as a reader gets it. Where it changes on purpose, delete the file and run once: it is written anew, and the test fails so that it is read.</summary>
public sealed class ApprovedCopyTests
{
    public static TheoryData<string, string, bool, string> Sequences => new()
    {
        { "casino-full-direct", "igaming", true, "direct" },
        { "casino-full-friendly", "igaming", true, "friendly" },
        { "logistics-full-formal", "logistics", true, "formal" },
        { "dental-nothing-known-direct", "dental", false, "direct" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Copy_is_as_approved(string name, string pack, bool full, string tone)
    {
        var prospect = full ? (pack == "logistics" ? Anna with { Title = "Head of Operations", Company = "Nordfracht GmbH" } : Anna) : new() { Email = "office@practice.example" };
        var sender = !full ? null : pack == "logistics" ? Jane with { Company = "Dockside", Offer = "answers to status questions, straight from the systems in place" } : Jane;
        var request = For(prospect, pack switch { "igaming" => SomePacks.Casinos, "logistics" => SomePacks.Logistics, _ => SomePacks.Bare }, sender, tone);

        var written = await Render(request);

        var path = Path.Combine(RepositoryRoot.Path, "tests", "Shared.Tests", "Content", "Approved", name + ".txt");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, written);
            Assert.Fail($"{name}.txt was written anew: read it, then run again.");
        }

        Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), written);
    }

    private static async Task<string> Render(ContentRequest request)
    {
        var writer = Writer();
        var text = new StringBuilder();
        foreach (var email in (await writer.WriteSequencesAsync([request], 10, CancellationToken.None))[0].Emails)
        {
            text.Append(null, $"=== Email {email.Step}, day {email.DayOffset}, score {email.Quality.Score}\nSubject: {email.Subject}\n\n{email.Body}\n\n");
            foreach (var claim in email.Evidence.GroupBy(e => e.Claim))
                text.Append(null, $"  [{string.Join(", ", claim.Select(e => e.From))}] {claim.Key}\n");
            text.Append('\n');
        }

        foreach (var kind in Enum.GetValues<LinkedinKind>())
        {
            var message = await writer.WriteLinkedinAsync(request, kind, CancellationToken.None);
            text.Append(null, $"=== LinkedIn {kind}, {message.Characters} characters, score {message.Quality.Score}\n{message.Message}\n\n");
        }

        foreach (var seconds in new[] { 30, 60, 120 })
        {
            var script = await writer.WriteVideoAsync(request, seconds, CancellationToken.None);
            text.Append(null, $"=== Video, {seconds} s, {script.Words} words, score {script.Quality.Score}: {script.Title}\n");
            foreach (var scene in script.Scenes)
                text.Append(null, $"{scene.Seconds} s: {scene.Narration}\n    ({scene.Visual})\n");
            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }
}

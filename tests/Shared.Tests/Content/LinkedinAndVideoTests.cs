using ProspectOps.Content;
using ProspectOps.Platform.Errors;
using static ProspectOps.Tests.Content.SomeRequests;

namespace ProspectOps.Tests.Content;

public sealed class LinkedinAndVideoTests
{
    private readonly TemplateWriter _writer = Writer();

    [Theory]
    [InlineData("direct")]
    [InlineData("friendly")]
    [InlineData("formal")]
    public async Task Connection_note_never_exceeds_300_characters(string tone)
    {
        var long60 = string.Join(' ', Enumerable.Repeat("Operations", 5));
        for (var bits = 0; bits < 512; bits++)
        {
            var prospect = Subset(bits) is { } p && bits % 2 == 0 ? p with { Title = p.Title is null ? null : long60, Company = p.Company is null ? null : "Consolidated International Amusement Holdings", Email = $"p{bits}@x.example" } : Subset(bits);
            var note = await _writer.WriteLinkedinAsync(For(prospect, null, bits % 3 == 0 ? Jane : null, tone), LinkedinKind.Connect, CancellationToken.None);

            Assert.InRange(note.Message.Length, 20, 300);
            Assert.Equal(note.Message.Length, note.Characters);
            Assert.Empty(CopyChecker.FaultsOf(note.Message));
            Assert.All(note.Evidence, e => Assert.Contains(e.Claim, note.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(LinkedinKind.Message)]
    [InlineData(LinkedinKind.Followup)]
    public async Task Messages_are_sound_whatever_is_missing(LinkedinKind kind)
    {
        for (var bits = 0; bits < 512; bits++)
        {
            var message = await _writer.WriteLinkedinAsync(For(Subset(bits), sender: bits % 2 == 0 ? Jane : null), kind, CancellationToken.None);
            var text = bits % 2 == 0 ? message.Message[..message.Message.LastIndexOf("\n\n", StringComparison.Ordinal)] : message.Message;

            Assert.Empty(CopyChecker.FaultsOf(text));
            Assert.True(message.Quality.Score >= 80, $"{message.Quality.Score} {string.Join(',', message.Quality.Issues)}\n{message.Message}");
            Assert.Equal("rules", message.Source);
            Assert.False(message.Cached);
        }
    }

    [Fact]
    public async Task Scenes_add_up_to_the_seconds_asked_for_and_words_fit_them()
    {
        foreach (var pack in new[] { SomePacks.Casinos, SomePacks.Logistics })
        {
            for (var seconds = 30; seconds <= 120; seconds++)
            {
                var script = await _writer.WriteVideoAsync(For(Subset(seconds * 4 % 512), pack, seconds % 2 == 0 ? Jane : null), seconds, CancellationToken.None);

                Assert.Equal(seconds, script.Scenes.Sum(s => s.Seconds));
                Assert.All(script.Scenes, s => Assert.True(s.Seconds > 1 && s.Visual.Length > 20));
                Assert.Equal(script.Words, script.Scenes.Sum(s => s.Narration.Split(' ').Length));
                Assert.InRange(script.Words / (double)seconds, 2.2, 2.6);
                Assert.All(script.Scenes.SelectMany(s => CopyChecker.ParagraphFaults(s.Narration)), fault => Assert.Fail(fault));
                Assert.All(script.Evidence, e => Assert.Contains(script.Scenes, s => s.Narration.Contains(e.Claim, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Bare_pack_and_unknown_person_are_spoken_slowly_rather_than_made_up()
    {
        for (var seconds = 30; seconds <= 120; seconds += 5)
        {
            var script = await _writer.WriteVideoAsync(For(Subset(1), SomePacks.Bare), seconds, CancellationToken.None);

            Assert.Equal(seconds, script.Scenes.Sum(s => s.Seconds));
            Assert.True(script.Words <= seconds * 2.6);
        }
    }

    [Theory]
    [InlineData(29)]
    [InlineData(121)]
    public async Task Seconds_out_of_range_are_refused(int seconds) =>
        Assert.Equal("value_out_of_range", (await Assert.ThrowsAsync<DomainException>(() => _writer.WriteVideoAsync(For(Anna), seconds, CancellationToken.None))).Error.Code);
}

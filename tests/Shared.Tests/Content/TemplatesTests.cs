using System.Text.RegularExpressions;
using ProspectOps.Content.Copy;

namespace ProspectOps.Tests.Content;

public sealed partial class TemplatesTests
{
    private readonly IReadOnlyDictionary<string, string> _sources = new TemplateLibrary().Sources;

    [Fact]
    public void Every_sentence_names_each_fact_that_it_uses()
    {
        Assert.NotEmpty(_sources);
        foreach (var (name, source) in _sources)
        {
            foreach (Match alternative in Alternative().Matches(source))
            {
                var needs = alternative.Groups["needs"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var used = Variable().Matches(alternative.Groups["text"].Value).Select(m => m.Groups["name"].Value).ToList();
                Assert.All(needs, need => Assert.True(FactSet.TryName(need, out _), $"{name}: {need} is no fact"));
                Assert.All(used, fact => Assert.True(needs.Contains(fact), $"{name}: \"{alternative.Value}\" uses {fact} without naming it"));
                if (alternative.Groups["tag"].Value == "plain")
                    Assert.True(used.Count == 0, $"{name}: a plain sentence states {string.Join(", ", used)}");
                else
                    Assert.True(needs.Length > 0, $"{name}: \"{alternative.Value}\" claims without a fact");
            }

            var left = Alternative().Replace(source, "");
            Assert.False(Variable().IsMatch(left), $"{name}: a fact stands outside of a sentence");
        }
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("friendly")]
    [InlineData("formal")]
    public void Every_step_has_at_least_two_variants_in_every_tone(string tone)
    {
        var library = new TemplateLibrary();

        for (var step = 1; step <= 10; step++)
            Assert.True(library.Variants("email", Enum.Parse<ProspectOps.Content.Tone>(tone, ignoreCase: true), $"step-{step:00}").Count >= 2);
    }

    [Fact]
    public void No_article_is_guessed() =>
        Assert.All(_sources, source => Assert.DoesNotMatch(@"\b[Aa]n? \{\{", source.Value));

    [Theory]
    [InlineData("Head of CRM", "a Head of CRM")]
    [InlineData("Operations Manager", "an Operations Manager")]
    [InlineData("HR Lead", "an HR Lead")]
    [InlineData("VP Sales", "a VP Sales")]
    [InlineData("UX Lead", "a UX Lead")]
    [InlineData("User Researcher", "a User Researcher")]
    [InlineData("E-commerce Director", "an E-commerce Director")]
    public void Article_follows_the_sound(string noun, string expected) => Assert.Equal(expected, Article.With(noun));

    [GeneratedRegex(@"\{\{#(?<tag>claim|plain)(?: ""(?<needs>[^""]*)"")?[^}]*\}\}(?<text>.*?)\{\{/\k<tag>\}\}", RegexOptions.Singleline)]
    private static partial Regex Alternative();

    [GeneratedRegex(@"\{\{(?:cap |an |anCap )?(?<name>[a-zA-Z]+)\}\}")]
    private static partial Regex Variable();
}

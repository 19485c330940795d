using ProspectOps.Tenancy;

namespace ProspectOps.Tests.Tenancy;

public sealed class ApiKeyTests
{
    [Fact]
    public void New_key_is_read_back()
    {
        var key = ApiKey.New();

        Assert.True(ApiKey.TryParse(key.Text, out var read));
        Assert.Equal(key.KeyId, read.KeyId);
    }

    [Fact]
    public void Key_that_the_command_line_makes_is_a_key()
    {
        for (var number = 0; number < 100; number++)
            Assert.True(ApiKey.TryParse(Cli.FreshKey.Make(), out _));
    }

    [Fact]
    public void Ids_of_keys_made_from_seeds_sort_by_time()
    {
        var clock = new FakeClock();
        var ids = new ProspectOps.Platform.Ids.IdSource(clock);
        var made = new List<string>();
        for (var number = 0; number < 50; number++)
        {
            made.Add(SomeSecrets.Hasher().Derive(ids.NewSuffix()).KeyId);
            clock.Pass(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
    }

    [Fact]
    public void Typo_anywhere_is_refused_without_a_look_up()
    {
        var text = ApiKey.New().Text;

        for (var i = 0; i < text.Length; i++)
        {
            var typo = text[..i] + (text[i] == 'q' ? 'r' : 'q') + text[(i + 1)..];
            Assert.False(ApiKey.TryParse(typo, out _), typo[..3]);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("po__")]
    [InlineData("po_0000000000000000_0000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_key_is_refused(string? text) => Assert.False(ApiKey.TryParse(text, out _));

    [Fact]
    public void Key_shows_its_id_and_never_its_secret()
    {
        var key = ApiKey.New();

        Assert.Equal($"po_{key.KeyId}_…", key.ToString());
    }

    [Theory]
    [InlineData("*", "admin:write", true)]
    [InlineData("campaigns:write", "campaigns:read", true)]
    [InlineData("campaigns:read", "campaigns:write", false)]
    [InlineData("content:write", "campaigns:read", false)]
    public void Scope_allows_what_it_names_and_writing_includes_reading(string granted, string needed, bool allowed) =>
        Assert.Equal(allowed, Scope.Allows([granted], needed));
}

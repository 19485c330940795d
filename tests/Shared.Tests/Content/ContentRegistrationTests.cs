using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProspectOps.Content;

namespace ProspectOps.Tests.Content;

public sealed class ContentRegistrationTests
{
    [Fact]
    public void Templates_write_where_nothing_else_does()
    {
        using var services = With().BuildServiceProvider();

        Assert.IsType<TemplateWriter>(services.GetRequiredService<IContentWriter>());
        Assert.Equal("direct", services.GetRequiredService<IOptions<ContentOptions>>().Value.Tone);
    }

    [Theory]
    [InlineData("Content:Tone", "pirate")]
    [InlineData("Content:Rewrites", "9")]
    [InlineData("Content:SamenessLimit", "0")]
    public void Wrong_setting_is_refused(string key, string value)
    {
        using var services = With((key, value)).BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ContentOptions>>().Value);
    }

    private static IServiceCollection With(params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddContent(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build());
}

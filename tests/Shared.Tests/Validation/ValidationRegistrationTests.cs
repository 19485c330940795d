using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Storage;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

public sealed class ValidationRegistrationTests
{
    [Fact]
    public void Validator_is_there_with_settings_from_the_configuration()
    {
        using var provider = Provider(("Validation:SpecialUseDomains", "accept"), ("Validation:DnsServers", "10.0.0.1, [2001:db8::1]:5353"));

        Assert.IsType<EmailValidator>(provider.GetRequiredService<IEmailValidator>());
        Assert.Equal(SpecialUseHandling.Accept, provider.GetRequiredService<IOptions<ValidationOptions>>().Value.SpecialUseDomains);
    }

    [Theory]
    [InlineData("Validation:DnsServers", "dns.acme.com")]
    [InlineData("Validation:DnsTimeoutSeconds", "0")]
    [InlineData("Validation:DnsTries", "11")]
    public void Wrong_setting_is_refused(string key, string value)
    {
        using var provider = Provider((key, value));

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<ValidationOptions>>().Value);
    }

    [Theory]
    [InlineData("mailinator.com", true)]
    [InlineData("anything.33mail.com", true)]
    [InlineData("gmail.com", false)]
    [InlineData("betsson.com", false)]
    public void Throw_away_domains_are_known(string domain, bool isDisposable) => Assert.Equal(isDisposable, new AddressLists().IsDisposable(domain));

    [Fact]
    public void Free_providers_and_offices_are_known()
    {
        var lists = new AddressLists();

        Assert.All(["gmail.com", "gmx.de", "web.de", "proton.me", "hey.com"], domain => Assert.True(lists.IsFreeProvider(domain), domain));
        Assert.False(lists.IsFreeProvider("mailinator.com"));
        Assert.All(["info", "Sales", "no-reply", "vertrieb", "info+x"], local => Assert.True(lists.IsRoleAccount(local), local));
        Assert.All(["jane", "paris", "will", "info.jane"], local => Assert.False(lists.IsRoleAccount(local), local));
    }

    private static ServiceProvider Provider(params (string Key, string Value)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IStorage, InMemoryStorage>()
            .AddSingleton<IValidationQuota, SomeQuota>()
            .AddValidation(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
            .BuildServiceProvider();
}

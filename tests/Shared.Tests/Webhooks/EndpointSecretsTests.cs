using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class EndpointSecretsTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();

    [Fact]
    public async Task Secrets_and_headers_lie_in_the_store_sealed_and_are_read_after_the_key_was_rotated()
    {
        var endpoint = await new EndpointStore(_storage, SomeSecrets.Cipher(), _clock).AddAsync(Acme, new WebhookEndpoint
        {
            EndpointId = "whe_1",
            Url = new Uri("https://example.com"),
            Secret = "whsec_now",
            PreviousSecret = "whsec_before",
            Events = ["*"],
            Headers = new Dictionary<string, string> { ["Authorization"] = "Basic abc" },
            CreatedAt = _clock.Now,
        }, default);
        var row = (await _storage.Table("WebhookEndpoints").FindAsync("acme", "whe_1", default))!;
        var rotated = await new EndpointStore(_storage, SomeSecrets.Cipher($"{SomeSecrets.Second},{SomeSecrets.First}"), _clock).FindAsync(Acme, "whe_1", default);

        Assert.DoesNotContain(row.Values.Values.OfType<string>(), text => text.Contains("whsec", StringComparison.Ordinal) || text.Contains("Basic", StringComparison.Ordinal));
        Assert.Equal(("whsec_now", "whsec_before", "Basic abc"), (rotated!.Secret, rotated.PreviousSecret, rotated.Headers["Authorization"]));
        Assert.Equal(endpoint.Secret, rotated.Secret);
    }

    [Fact]
    public async Task Secret_from_before_there_was_a_cipher_is_read_as_it_is()
    {
        await _storage.Table("WebhookEndpoints").UpsertAsync(new TableRow("acme", "whe_1") { ["Url"] = "https://example.com", ["Secret"] = "whsec_plain", ["Headers"] = "{}", ["CreatedAt"] = _clock.Now }, default);

        Assert.Equal("whsec_plain", (await new EndpointStore(_storage, SomeSecrets.Cipher(), _clock).FindAsync(Acme, "whe_1", default))!.Secret);
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Bench.Validation;

/// <summary>Validation in this process, with storage in memory, on servers of loopback.</summary>
internal static class ValidationServices
{
    public static ServiceProvider With(string dnsServer, int smtpPort, int sessions) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<IStorage, InMemoryStorage>()
            .AddSingleton<IValidationQuota, NoQuota>()
            .AddValidation(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Validation:DnsServers"] = dnsServer,
                ["Validation:Smtp:Port"] = smtpPort.ToString(CultureInfo.InvariantCulture),
                ["Validation:Smtp:AllowPrivateAddresses"] = "true",
                ["Validation:Smtp:CheckHost"] = "",
                ["Validation:Smtp:CatchAll"] = "false",
                ["Validation:Smtp:RecipientsPerMinute"] = "1000000",
                ["Validation:Smtp:SessionsPerHost"] = sessions.ToString(CultureInfo.InvariantCulture),
            }).Build())
            .BuildServiceProvider();

    private sealed class NoQuota : IValidationQuota
    {
        public ValueTask<Func<ValueTask>> TakeAsync(TenantId tenant, string? keyId, int checks, CancellationToken cancellationToken) => ValueTask.FromResult<Func<ValueTask>>(static () => ValueTask.CompletedTask);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Tests.Validation.Dns;

internal static class SomeDomains
{
    public static MailDomains With(IOptions<ValidationOptions> options, DnsHealth health, TimeProvider time) =>
        new(new Resolver(options, health, time, NullLogger<Resolver>.Instance), health, options, time);
}

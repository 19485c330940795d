using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

public sealed class HomographTests
{
    [Fact]
    public async Task Domain_in_letters_of_another_script_is_flagged_though_it_takes_mail()
    {
        await using var world = new ValidationWorld();
        foreach (var domain in new[] { "xn--80ak6aa92e.com", "apple.com" })
            world.Dns.Answers(domain, DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));

        var results = (await world.Validator().CheckManyAsync(["jane@\u0430\u0440\u0440\u04CF\u0435.com", "jane@xn--80ak6aa92e.com", "jane@apple.com"], new ValidationSettings(false, []), TestContext.Current.CancellationToken)).Results;

        Assert.All(results.Take(2), result =>
        {
            Assert.Equal(Verdict.Risky, result.Verdict);
            Assert.InRange(result.Score, 0, 30);
            Assert.Contains("homograph_domain", result.Reasons);
        });
        Assert.DoesNotContain("homograph_domain", results[2].Reasons);
    }
}

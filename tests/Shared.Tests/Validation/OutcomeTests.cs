using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Calibration;

namespace ProspectOps.Tests.Validation;

public sealed class OutcomeTests
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");
    private static readonly Prediction Likely = new(Verdict.Deliverable, 95, MxFamily.Google, 0.02);

    private readonly OutcomeStore _store = new(new InMemoryStorage(), new ManualTime());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predicted_stands_beside_seen_by_family_and_band()
    {
        for (var i = 0; i < 10; i++)
            await _store.RecordAsync(Tenant, Address(i), i < 2 ? Outcome.Bounced : Outcome.Delivered, Likely, Token);
        await _store.RecordAsync(Tenant, Address(20), Outcome.Complained, Likely with { Score = 60, Family = MxFamily.Other, BounceRate = 0.1 }, Token);
        await _store.RecordAsync(Tenant, Address(21), Outcome.Bounced, null, Token);

        var (rows, unpredicted) = await _store.ReliabilityAsync(Tenant, Token);

        Assert.Equal(1, unpredicted);
        Assert.Equal(
            [new ReliabilityRow(MxFamily.Google, 80, 100, 10, 8, 2, 0, 0.02, 0.2), new ReliabilityRow(MxFamily.Other, 60, 79, 1, 0, 0, 1, 0.1, 0)],
            rows);
        Assert.Empty((await _store.ReliabilityAsync(TenantId.Parse("other"), Token)).Rows);
    }

    [Fact]
    public async Task Address_counts_once_by_its_newest_outcome()
    {
        await _store.RecordAsync(Tenant, Address(1), Outcome.Delivered, Likely, Token);
        await _store.RecordAsync(Tenant, Address(1), Outcome.Delivered, Likely, Token);
        await _store.RecordAsync(Tenant, Address(1), Outcome.Bounced, Likely with { Score = 10 }, Token);

        var row = Assert.Single((await _store.ReliabilityAsync(Tenant, Token)).Rows);

        Assert.Equal((0, 19, 1, 0, 1), (row.ScoreFrom, row.ScoreTo, row.Reported, row.Delivered, row.Bounced));
    }

    [Fact]
    public async Task Outcomes_that_arrive_together_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => _store.RecordAsync(Tenant, Address(i), Outcome.Delivered, Likely, Token), Token)));

        Assert.Equal(40, (await _store.ReliabilityAsync(Tenant, Token)).Rows.Sum(row => row.Delivered));
    }

    [Fact]
    public void Prior_never_rises_with_the_score_and_gives_way_to_what_was_seen()
    {
        var curve = Enumerable.Range(0, 101).Select(BounceEstimate.Prior).ToArray();

        Assert.All(curve, rate => Assert.InRange(rate, 0, 1));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal(BounceEstimate.Prior(60), BounceEstimate.Of(60, 0, 0));
        Assert.InRange(BounceEstimate.Of(60, 10_000, 3_000), 0.29, 0.31);
    }

    [Theory]
    [InlineData("aspmx.l.google.com", MxFamily.Google)]
    [InlineData("acme-com.mail.protection.outlook.com", MxFamily.Microsoft)]
    [InlineData("mx1.hc123.eu.iphmx.com", MxFamily.Gateway)]
    [InlineData("mx00.ionos.de", MxFamily.Hosting)]
    [InlineData("mail.notgoogle.com", MxFamily.Other)]
    public void Mail_server_tells_by_its_name_who_runs_it(string host, MxFamily family) => Assert.Equal(family, MxFamilies.Of([host, "mx.other.com"]));

    private static EmailAddress Address(int number) => EmailAddress.TryParse($"p{number}@acme.com", out var address, out _) ? address : throw new InvalidOperationException();
}

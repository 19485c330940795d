using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation;

public sealed class ValidationCacheTests : IAsyncDisposable
{
    private static readonly ValidationSettings Acme = ValidationSettings.Default with { Tenant = TenantId.Parse("acme") };
    private static readonly ValidationSettings Other = ValidationSettings.Default with { Tenant = TenantId.Parse("other") };

    private readonly ValidationWorld _world = new();

    public ValidationCacheTests()
    {
        _world.Dns.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        _world.Dns.Answers("null.com", DnsAnswer.Mx, DnsAnswer.MailServer(0, ""));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Second_answer_is_remembered_by_canonical_address_and_costs_no_storage()
    {
        IEmailValidator validator = _world.Validator();
        var first = (await validator.ValidateAsync(["Jane.Doe+x@acme.com"], Acme, Token))[0];
        var calls = _world.Storage.Reads + _world.Storage.Writes;

        var second = (await validator.ValidateAsync(["jane.doe@ACME.com"], Acme, Token))[0];

        Assert.False(first.Cached);
        Assert.True(second.Cached);
        Assert.Equal((first.Verdict, first.Score, first.CheckedAt), (second.Verdict, second.Score, second.CheckedAt));
        Assert.Equal(first.Reasons, second.Reasons);
        Assert.Equal(("jane.doe@ACME.com", "jane.doe", "ACME.com"), (second.Email, second.Checks.Syntax.Local, second.Checks.Syntax.Domain));
        Assert.Equal(calls, _world.Storage.Reads + _world.Storage.Writes);
    }

    [Fact]
    public async Task First_read_in_another_process_costs_one_storage_read()
    {
        await _world.Validator().CheckManyAsync(["jane@acme.com"], Acme, Token);
        var (reads, writes) = (_world.Storage.Reads, _world.Storage.Writes);

        var batch = await _world.Validator().CheckManyAsync(["jane@acme.com"], Acme, Token);

        Assert.True(batch.Checked[0].Result.Cached);
        Assert.Equal((1, 0), (batch.CacheHits, batch.CacheMisses));
        Assert.Equal((reads + 1, writes), (_world.Storage.Reads, _world.Storage.Writes));
    }

    [Fact]
    public async Task No_tenant_learns_what_another_asked()
    {
        IEmailValidator validator = _world.Validator();
        await validator.ValidateAsync(["jane@acme.com"], Acme, Token);

        Assert.False((await validator.ValidateAsync(["jane@acme.com"], Other, Token))[0].Cached);
    }

    [Theory]
    [InlineData("jane@null.com", 7 * 24)]
    [InlineData("info@acme.com", 24)]
    [InlineData("jane@acme.com", 1)]
    public async Task Verdict_is_remembered_for_as_long_as_it_holds(string email, int hours)
    {
        var first = (await Fresh(email))[0];

        _world.Time.Pass(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        var before = (await Fresh(email))[0];
        _world.Time.Pass(TimeSpan.FromSeconds(1));
        var after = (await Fresh(email))[0];

        Assert.Equal(first.CheckedAt.AddHours(hours), first.ExpiresAt);
        Assert.Equal((true, hours * 3_600L - 1), (before.Cached, before.AgeSeconds));
        Assert.False(after.Cached);
    }

    [Fact]
    public async Task Refresh_asks_anew_and_remembers_what_it_learnt()
    {
        var first = (await Fresh("jane@acme.com"))[0];
        _world.Time.Pass(TimeSpan.FromMinutes(5));

        var refreshed = (await _world.Validator().CheckManyAsync(["jane@acme.com"], Acme with { Cache = CacheUse.Refresh }, Token)).Results[0];
        var third = (await Fresh("jane@acme.com"))[0];

        Assert.False(refreshed.Cached);
        Assert.Equal(first.CheckedAt + TimeSpan.FromMinutes(5), refreshed.CheckedAt);
        Assert.Equal(refreshed.CheckedAt, third.CheckedAt);
    }

    [Fact]
    public async Task Rule_is_stronger_than_what_is_remembered()
    {
        await Fresh("jane@acme.com");

        var result = (await _world.Validator().CheckManyAsync(["jane@acme.com"], Acme with { Rules = [new("r", RuleAction.Deny, RuleKind.Domain, "acme.com")] }, Token)).Results[0];

        Assert.Equal((Verdict.Undeliverable, false), (result.Verdict, result.Cached));
        Assert.Equal(Verdict.Unknown, (await Fresh("jane@acme.com"))[0].Verdict);
    }

    [Fact]
    public async Task Forgotten_address_is_asked_about_again()
    {
        var cache = _world.Cache();
        var validator = _world.Validator(cache);
        await validator.CheckManyAsync(["jane@acme.com"], Acme, Token);
        Assert.True(EmailAddress.TryParse("Jane+y@acme.com", out var address, out _));

        await cache.ForgetAsync(Acme.Tenant!.Value, address!, Token);
        await cache.ForgetAsync(Acme.Tenant!.Value, address!, Token);

        Assert.False((await validator.CheckManyAsync(["jane@acme.com"], Acme, Token)).Results[0].Cached);
    }

    [Fact]
    public async Task Twenty_thousand_addresses_cost_a_few_calls_a_partition()
    {
        var emails = Enumerable.Range(0, 20_000).Select(n => $"p{n}@acme.com").ToArray();
        await _world.Validator().CheckManyAsync(emails, Acme, Token);
        var (reads, writes) = (_world.Storage.Reads, _world.Storage.Writes);

        var again = await _world.Validator().CheckManyAsync(emails, Acme, Token);

        Assert.Equal((20_000, 0), (again.CacheHits, again.CacheMisses));
        // 4,096 buckets in 16 partitions, 50 in a transaction; and the reminder to purge them, with the word that there is one.
        Assert.Equal((16, 16 * 6 + 2), (reads, writes));
        Assert.Equal((32, writes), (_world.Storage.Reads, _world.Storage.Writes));
        Assert.Equal(emails, again.Results.Select(result => result.Email));
    }

    [Fact]
    public async Task Wave_reads_before_and_writes_after_chunks_that_touch_no_storage()
    {
        var cache = _world.Cache();
        string[] emails = ["a@acme.com", "b@acme.com", "nonsense", "A+x@acme.com"];
        await cache.WriteAsync(Acme.Tenant!.Value, (await _world.Validator().CheckManyAsync(["a@acme.com"], ValidationSettings.Default, Token)).Results, Token);
        var other = _world.Cache();

        var known = await other.ReadAsync(Acme.Tenant!.Value, emails, smtpProbe: false, Token);
        var (reads, writes) = (_world.Storage.Reads, _world.Storage.Writes);
        var batch = await _world.Validator(other).CheckManyAsync(emails, Acme with { Cache = CacheUse.Memory }, Token);

        Assert.Equal([true, false, false, true], known.Select(one => one is not null));
        Assert.Equal([true, false, false, true], batch.Results.Select(one => one.Cached));
        Assert.Equal((2, 1), (batch.CacheHits, batch.CacheMisses));
        Assert.Equal((reads, writes), (_world.Storage.Reads, _world.Storage.Writes));
    }

    [Fact]
    public async Task Memory_of_verdicts_is_bounded()
    {
        await using var world = new ValidationWorld { Options = new ValidationOptions { CacheMemoryEntries = 100 } };
        world.Dns.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        var validator = world.Validator();
        await validator.CheckManyAsync([.. Enumerable.Range(0, 1_000).Select(n => $"p{n}@acme.com")], Acme, Token);
        var reads = world.Storage.Reads;

        var again = await validator.CheckManyAsync([.. Enumerable.Range(0, 1_000).Select(n => $"p{n}@acme.com")], Acme with { Cache = CacheUse.Memory }, Token);

        Assert.InRange(again.CacheHits, 1, 101);
        Assert.Equal(reads, world.Storage.Reads);
    }

    [Fact]
    public async Task Only_what_is_not_remembered_is_taken_from_the_quota_and_spellings_of_a_mailbox_are_one()
    {
        var validator = _world.Validator();
        var paid = Acme with { CountsAgainstQuota = true };
        _world.Quota.Left = 3;

        await validator.CheckManyAsync(["a@acme.com", "A+x@acme.com", "b@acme.com"], paid, Token);
        await validator.CheckManyAsync(["a@acme.com", "b@acme.com"], paid, Token);
        var asked = _world.Dns.Asked.Count;
        var refused = await Assert.ThrowsAsync<DomainException>(() => validator.CheckManyAsync(["c@other.com", "d@other.com", "a@acme.com"], paid, Token));

        Assert.Equal("quota_exceeded", refused.Error.Code);
        Assert.Equal((1, asked), (_world.Quota.Left, _world.Dns.Asked.Count));
    }

    [Fact]
    public async Task What_was_taken_for_checks_that_fail_is_given_back()
    {
        await using var world = new ValidationWorld { Prober = new BrokenProber() };
        world.Quota.Left = 3;

        await Assert.ThrowsAsync<IOException>(() => world.Validator().CheckManyAsync(["a@acme.com", "b@acme.com"], Acme with { CountsAgainstQuota = true, SmtpProbe = true }, Token));

        Assert.Equal(3, world.Quota.Left);
    }

    private sealed class BrokenProber : IMailboxProber
    {
        public Task<bool> CanAskAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<IReadOnlyList<MailboxAnswer>> AskAsync(IReadOnlyList<MailboxQuestion> questions, ProbePriority priority, CancellationToken cancellationToken) =>
            throw new IOException("The way to mail servers broke.");
    }

    private async Task<IReadOnlyList<ValidationResult>> Fresh(string email) => (await _world.Validator().CheckManyAsync([email], Acme, Token)).Results;
}

using System.Text.Json.Nodes;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Tests.Tenancy;

/// <summary>A chain without gap or fork, whoever writes; and no way to change it that is not found.</summary>
public abstract class AuditContract(IStorage storage)
{
    private readonly FakeClock _clock = new();
    private readonly TenantId _tenant = TenantId.Parse($"ten_{Guid.NewGuid():N}"[..30]);

    private ITable Table => storage.Table("Audit");

    private string Partition => $"{_tenant.Value}|202601";

    [Fact]
    public async Task Two_hundred_entries_of_three_processes_at_once_are_one_chain()
    {
        var processes = Enumerable.Range(0, 3).Select(_ => Log()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => processes[number % 3].RecordAsync(_tenant, Draft($"a.{number}"), default))));
        var verdict = await Log().VerifyAsync(_tenant, default);
        var entries = await Log().AllAsync(_tenant, All, default).ToListAsync();

        Assert.Equal(new AuditVerdict(true, 200, null), verdict);
        Assert.Equal(200, entries.Select(one => one.Entry.Action).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 200).Reverse().Select(number => (long)number), entries.Select(one => one.Entry.Seq));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Process_that_dies_anywhere_leaves_a_whole_chain(bool callArrives)
    {
        for (var diesAt = 1; diesAt <= 6; diesAt++)
        {
            var dying = Log(new CrashingStorage(storage) { DiesAt = diesAt, CallArrives = callArrives });
            for (var number = 0; number < 3; number++)
            {
                try
                {
                    await dying.RecordAsync(_tenant, Draft("dying"), default);
                }
                catch (ProcessDiedException)
                {
                }
            }
            await Log().RecordAsync(_tenant, Draft("alive"), default);

            var verdict = await Log().VerifyAsync(_tenant, default);
            Assert.True(verdict.Valid, $"{diesAt}: {verdict.FirstBroken}");
        }
    }

    [Fact]
    public async Task Manifest_of_an_export_names_the_ends_of_the_chains_and_its_signature_is_ours_and_over_all_of_it()
    {
        await Log().RecordAsync(_tenant, Draft("a.first"), default);
        await Log().RecordAsync(_tenant, Draft("a.last"), default);

        var (manifest, signature) = await Log().ManifestAsync(_tenant, All, default);

        var last = await Log().AllAsync(_tenant, All, default).FirstAsync();
        var month = Assert.Single(JsonNode.Parse(manifest)!["months"]!.AsArray())!;
        Assert.Equal((2L, last.Hash), ((long)month["entries"]!, (string?)month["lastHash"]));
        Assert.Equal(new AuditSigningKey(SomeSecrets.Hasher()).Sign(manifest), signature);
    }

    [Fact]
    public async Task Changed_entry_is_found()
    {
        await TenAsync();
        var row = (await Table.FindAsync(Partition, Row(4), default))!;
        row["Entry"] = row.Text("Entry")!.Replace("\"a.4\"", "\"a.x\"", StringComparison.Ordinal);
        await Table.UpsertAsync(row, default);

        await BreaksAsync(4, "changed");
    }

    [Fact]
    public async Task Removed_entry_is_found()
    {
        await TenAsync();
        await Table.DeleteAsync(Partition, Row(4), default);

        await BreaksAsync(4, "missing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Removed_first_or_last_entry_is_found(int seq)
    {
        await TenAsync();
        await Table.DeleteAsync(Partition, Row(seq), default);

        await BreaksAsync(seq, "missing");
    }

    [Fact]
    public async Task Entries_that_changed_places_are_found()
    {
        await TenAsync();
        var (one, other) = ((await Table.FindAsync(Partition, Row(4), default))!, (await Table.FindAsync(Partition, Row(6), default))!);
        (one["Entry"], other["Entry"]) = (other["Entry"], one["Entry"]);
        await Table.UpsertAsync(one, default);
        await Table.UpsertAsync(other, default);

        await BreaksAsync(4, "misplaced");
    }

    [Fact]
    public async Task Chain_that_was_cut_and_ended_anew_without_the_key_is_found()
    {
        await TenAsync();
        await Table.DeleteAsync(Partition, Row(10), default);
        var head = (await Table.FindAsync(Partition, "h", default))!;
        head["Seq"] = 9L;
        head["Hash"] = AuditEntry.HashOf((await Table.FindAsync(Partition, Row(9), default))!.Text("Entry")!);
        await Table.UpsertAsync(head, default);

        var verdict = await Log().VerifyAsync(_tenant, default);

        Assert.Equal("head", verdict.FirstBroken?.Reason);
    }

    [Fact]
    public async Task Text_that_is_no_entry_is_found()
    {
        await TenAsync();
        await Table.UpsertAsync(new TableRow(Partition, Row(4)) { ["Entry"] = "nonsense" }, default);

        Assert.False((await Log().VerifyAsync(_tenant, default)).Valid);
    }

    [Fact]
    public async Task Months_are_chains_of_their_own_read_as_one_list_page_by_page()
    {
        await TenAsync();
        _clock.Pass(TimeSpan.FromDays(31));
        await TenAsync();

        var pages = new List<string>();
        string? after = "";
        while (after is not null)
        {
            var (entries, next) = await Log().PageAsync(_tenant, All, after, 7, default);
            pages.AddRange(entries.Select(one => one.Entry.Action));
            after = next;
        }
        var one = await Log().PageAsync(_tenant, All with { Action = "a.3" }, "", 50, default);
        var january = await Log().PageAsync(_tenant, All with { To = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) }, "", 50, default);

        var ten = Enumerable.Range(1, 10).Reverse().Select(number => $"a.{number}").ToArray();
        Assert.Equal([.. ten, .. ten], pages);
        Assert.Equal(2, one.Entries.Count);
        Assert.Equal(10, january.Entries.Count);
        Assert.Equal(new AuditVerdict(true, 20, null), await Log().VerifyAsync(_tenant, default));
    }

    [Fact]
    public async Task What_the_operator_does_to_a_tenant_stands_in_both_logs()
    {
        await Log().RecordAsync(_tenant, Draft("tenant.change") with { ActorTenant = $"{_tenant.Value}op" }, default);

        Assert.Equal(1, (await Log().VerifyAsync(_tenant, default)).Entries);
        Assert.Equal(1, (await Log().VerifyAsync(TenantId.Parse($"{_tenant.Value}op"), default)).Entries);
    }

    private static AuditFilter All => new(null, null, null, null, null);

    private async Task TenAsync()
    {
        for (var number = 1; number <= 10; number++)
            await Log().RecordAsync(_tenant, Draft($"a.{number}"), default);
    }

    private async Task BreaksAsync(long seq, string reason)
    {
        var verdict = await Log().VerifyAsync(_tenant, default);
        Assert.False(verdict.Valid);
        Assert.Equal((seq, reason), (verdict.FirstBroken!.Seq, verdict.FirstBroken.Reason));
    }

    private AuditDraft Draft(string action) => new("key_1", _tenant.Value, action, "t", new { a = 1 }, new { a = 2 }, "127.0.0.1", "r1");

    private AuditLog Log(IStorage? through = null)
    {
        var hasher = SomeSecrets.Hasher();
        return new AuditLog(new AuditStore(through ?? storage, hasher, new IdSource(_clock), _clock), new AuditSigningKey(hasher), _clock);
    }

    private static string Row(long seq) => $"e|{999_999_999_999 - seq:D12}";
}

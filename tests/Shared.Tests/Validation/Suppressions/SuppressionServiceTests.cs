using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Tests.Validation.Suppressions;

public sealed class SuppressionServiceTests
{
    private static readonly TenantId Tenant = TenantId.Parse("ten_one");
    private static readonly TenantId Other = TenantId.Parse("ten_two");

    private readonly InMemoryStorage _storage = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Address_is_found_in_any_spelling_and_by_its_tenant_alone()
    {
        using var store = new SuppressionStore(_storage);
        using var service = new SuppressionService(store, _clock);

        var (added, rejected) = await service.AddAsync(Tenant, [("Jane@Acme.com", "asked to"), ("jane+x@acme.com", null), ("nobody", null)], "api", default);

        Assert.Equal((1, 2), (added, Assert.Single(rejected)));
        Assert.Equal([0, 2], await service.FindAsync(Tenant, ["JANE@acme.com", "bob@acme.com", "jane+y@ACME.com", "no address"], default));
        Assert.Empty(await service.FindAsync(Other, ["jane@acme.com"], default));
        Assert.Equal("asked to", (await service.GetAsync(Tenant, "jane@acme.com", default))!.Reason);
    }

    [Fact]
    public async Task Other_process_hears_of_a_change_within_two_seconds()
    {
        using var store = new SuppressionStore(_storage);
        using var here = new SuppressionService(store, _clock);
        using var there = new SuppressionService(store, _clock);
        await here.AddAsync(Tenant, [("a@b.example", null)], "api", default);
        Assert.Single(await there.FindAsync(Tenant, ["a@b.example"], default));

        await here.RemoveAsync(Tenant, "a@b.example", default);
        await here.AddAsync(Tenant, [("c@d.example", null)], "api", default);
        _clock.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal([1], await there.FindAsync(Tenant, ["a@b.example", "c@d.example"], default));
    }

    [Fact]
    public async Task Thousands_are_added_once_and_listed_page_by_page()
    {
        using var store = new SuppressionStore(_storage);
        using var service = new SuppressionService(store, _clock);
        (string, string?)[] people = [.. Enumerable.Range(0, 3_000).Select(i => (string.Create(CultureInfo.InvariantCulture, $"p{i}@list.example"), (string?)null))];

        Assert.Equal(3_000, (await service.AddAsync(Tenant, people, "csv", default)).Added);
        Assert.Equal(1, (await service.AddAsync(Tenant, [.. people.Take(500), ("new@list.example", null)], "csv", default)).Added);

        var listed = new List<string>();
        var after = "";
        do
        {
            var (items, next) = await service.ListAsync(Tenant, after, 200, default);
            listed.AddRange(items.Select(one => one.Email));
            after = next;
        }
        while (after is not null);
        Assert.Equal(3_001, listed.Distinct().Count());
        Assert.Equal(3_001, listed.Count);
    }
}

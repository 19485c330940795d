using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class QueryFilterTests
{
    private static readonly Guid Id = new("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 30, 15, TimeSpan.FromHours(2));

    public static TheoryData<object?, string> Literals => new()
    {
        { null, "null" },
        { "plain", "'plain'" },
        { "it's ''", "'it''s '''''" },
        { "{0}", "'{0}'" },
        { 'c', "'c'" },
        { true, "true" },
        { false, "false" },
        { 5, "5" },
        { -5L, "-5L" },
        { 1.5, "1.5" },
        { 5.0, "5.0" },
        { 1e300, "1E+300" },
        { Id, "guid'3f2504e0-4f89-11d3-9a0c-0305e82c3301'" },
        { Time, "datetime'2026-03-01T10:30:15Z'" },
        { Time.AddTicks(10), "datetime'2026-03-01T10:30:15.000001Z'" },
        { Time.UtcDateTime, "datetime'2026-03-01T10:30:15Z'" },
        { new byte[] { 0, 255 }, "X'00FF'" },
        { new BinaryData(new byte[] { 1 }), "X'01'" },
    };

    [Theory]
    [MemberData(nameof(Literals), DisableDiscoveryEnumeration = true)]
    public void Value_becomes_a_literal(object? value, string literal)
    {
        var filter = TableClient.CreateQueryFilter($"A eq {value}");

        Assert.Equal($"A eq {literal}", filter);
    }

    [Fact]
    public void Value_without_a_literal_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TableClient.CreateQueryFilter($"A eq {DayOfWeek.Friday}"));
    }
}

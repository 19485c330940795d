using ProspectOps.Prospects;
using ProspectOps.Prospects.Import;
using ProspectOps.Tests.Prospects.Import;

namespace ProspectOps.Tests.Prospects;

/// <summary>Measures the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(AloneCollection))]
public sealed class ProspectMemoryTests
{
    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const long size = 200L * 1024 * 1024;
        await using var stream = new EndlessCsv("email,firstName,lastName,company,notes\n"u8.ToArray(), size);
        await using var csv = await ProspectCsv.OpenAsync(stream, CsvEncodings.Utf8, TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = 0L;
        var most = 0L;

        await foreach (var row in csv.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.NotNull(row.Prospect);
            if (++rows % 200_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.True(rows > 1_000_000, $"{rows} rows");
        Assert.True(most < 16 * 1024 * 1024, $"{most} octets alive after {rows} rows");
    }

    [Fact]
    public void Million_records_take_less_than_a_hundred_octets_each()
    {
        const int count = 1_000_000;
        var people = new Deduplicator();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < count; i++)
            people.Add(i + 2, new Prospect { Email = i % 3 == 0 ? null : $"p{i % 900_000}@acme.com", FirstName = "P", LastName = $"N{i % 900_000}", Company = "Acme" });
        var added = GC.GetTotalMemory(forceFullCollection: true) - before;
        people.Resolve();
        var resolved = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.True(added < count * 100L && resolved < count * 20L, $"{added} then {resolved} octets");
        Assert.Equal(100_000, people.Duplicates);
        Assert.Equal(2, people.DuplicateOf(900_002));
    }
}

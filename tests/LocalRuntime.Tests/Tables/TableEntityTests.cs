using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class TableEntityTests
{
    [Fact]
    public void Int_put_where_a_long_or_double_stands_takes_its_type()
    {
        var entity = new TableEntity("p", "r") { ["L"] = 1L, ["D"] = 1.5, ["S"] = "s" };

        entity["L"] = 2;
        entity["D"] = 3;
        entity["S"] = 4;

        Assert.Equal((2L, 3.0, 4), (entity.GetInt64("L"), entity.GetDouble("D"), entity.GetInt32("S")));
    }

    [Fact]
    public void Value_of_another_type_is_no_answer()
    {
        var entity = new TableEntity { ["I"] = 1 };

        Assert.Throws<InvalidOperationException>(() => entity.GetInt64("I"));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("I"));
        Assert.Null(entity.GetInt32("missing"));
        Assert.Null(entity["missing"]);
    }

    [Fact]
    public void Keys_are_entries_of_the_dictionary()
    {
        var entity = new TableEntity(new Dictionary<string, object> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["A"] = 1 });

        Assert.Equal(("p", "r", 3), (entity.PartitionKey, entity.RowKey, entity.Count));
        Assert.Equal(default, entity.ETag);
        Assert.Null(entity.Timestamp);
    }
}

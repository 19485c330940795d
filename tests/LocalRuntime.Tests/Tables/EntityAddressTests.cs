using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class EntityAddressTests
{
    [Theory]
    [InlineData("plain-1_2.3~4", "plain-1_2.3~4")]
    [InlineData("it's", "it%27%27s")]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("100%", "100%25")]
    [InlineData("%2F", "%252F")]
    [InlineData("a|b", "a%7Cb")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("🙂", "%F0%9F%99%82")]
    [InlineData("a,b=c&d", "a%2Cb%3Dc%26d")]
    [InlineData("", "")]
    public void Key_is_quoted_and_then_percent_encoded(string key, string escaped)
    {
        var address = EntityAddress.Of(key, "r");

        Assert.Equal($"(PartitionKey='{escaped}',RowKey='r')", address);
    }
}

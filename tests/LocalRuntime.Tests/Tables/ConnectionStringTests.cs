using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1/things", "devstoreaccount1")]
    [InlineData("AccountName=acct;AccountKey=YQ==", "https://acct.table.core.windows.net/things", "acct")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acct;AccountKey=YQ==;EndpointSuffix=example.org;", "http://acct.table.example.org/things", "acct")]
    [InlineData("AccountName=acct;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:9/acct/", "http://127.0.0.1:9/acct/things", "acct")]
    public void Endpoint_and_account_are_found(string connectionString, string uri, string account)
    {
        var table = new TableClient(connectionString, "things");

        Assert.Equal((uri, account, "things"), (table.Uri.AbsoluteUri, table.AccountName, table.Name));
    }

    [Theory]
    [InlineData("AccountName=acct")]
    [InlineData("nonsense")]
    [InlineData("AccountName=acct;AccountKey=YQ==;TableEndpoint=nowhere")]
    public void Incomplete_one_is_refused(string connectionString)
    {
        Assert.Throws<InvalidOperationException>(() => new TableServiceClient(connectionString));
    }

    [Fact]
    public void Bearer_token_needs_https()
    {
        var credential = Azure.Core.DelegatedTokenCredential.Create((_, _) => default);

        Assert.Throws<ArgumentException>(() => new TableServiceClient(new Uri("http://127.0.0.1:10002/a"), credential));
        Assert.Equal("acct", new TableServiceClient(new Uri("https://acct.table.core.windows.net"), credential).AccountName);
    }
}

using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class SharedKeyLitePolicyTests
{
    private const string Date = "Fri, 20 Nov 2026 10:00:00 GMT";

    [Theory]
    [InlineData("https://acct.table.core.windows.net/things(PartitionKey='a%27%27b',RowKey='%C3%BC')", "/acct/things(PartitionKey='a%27%27b',RowKey='%C3%BC')")]
    [InlineData("https://acct.table.core.windows.net/things()?$filter=A%20eq%201", "/acct/things()")]
    [InlineData("https://acct.table.core.windows.net/?restype=service&comp=properties", "/acct/?comp=properties")]
    [InlineData("http://127.0.0.1:10002/acct/things", "/acct/acct/things")]
    public void Signature_covers_date_account_and_path_as_sent(string uri, string resource)
    {
        var key = Encoding.UTF8.GetBytes("a key");
        var policy = new SharedKeyLitePolicy(new TableSharedKeyCredential("acct", Convert.ToBase64String(key)), TimeProvider.System);

        var signature = policy.Sign(Date, new Uri(uri));

        Assert.Equal(Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Date}\n{resource}"))), signature);
    }
}

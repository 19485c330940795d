using System.Net;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class TableWireTests
{
    private const string Conflict =
        """{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"The specified entity already exists."}}}""";

    [Fact]
    public async Task Entity_is_written_with_annotations_where_JSON_is_ambiguous()
    {
        var service = new ScriptedService((HttpStatusCode.NoContent, ""));
        var id = new Guid("3f2504e0-4f89-11d3-9a0c-0305e82c3301");

        await service.Table().AddEntityAsync(new TableEntity("p", "r")
        {
            ["S"] = "a\"ü",
            ["I"] = 1,
            ["L"] = 2L,
            ["D"] = 3.0,
            ["B"] = true,
            ["G"] = id,
            ["T"] = DateTimeOffset.UnixEpoch,
            ["X"] = new byte[] { 1 },
            ["N"] = null,
            ["Timestamp"] = DateTimeOffset.UnixEpoch,
            ["odata.etag"] = "W/\"x\"",
        });

        Assert.Equal(
            """{"PartitionKey":"p","RowKey":"r","S":"a\u0022\u00FC","I":1,"L@odata.type":"Edm.Int64","L":"2","D@odata.type":"Edm.Double","D":3.0,"B":true,"""
            + """
              "G@odata.type":"Edm.Guid","G":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","T@odata.type":"Edm.DateTime","T":"1970-01-01T00:00:00.0000000Z",
              """.TrimEnd()
            + """
              "X@odata.type":"Edm.Binary","X":"AQ=="}
              """,
            service.Received[0].Body);
    }

    [Fact]
    public async Task Requests_say_version_format_and_who_asks()
    {
        var service = new ScriptedService((HttpStatusCode.NoContent, ""));

        await service.Table().UpdateEntityAsync(new TableEntity("it's", "r"), ETag.All, TableUpdateMode.Replace);

        var (method, uri, headers, _) = service.Received[0];
        Assert.Equal((HttpMethod.Put, "https://account.table.core.windows.net/things(PartitionKey='it%27%27s',RowKey='r')"), (method, uri.AbsoluteUri));
        Assert.Contains("x-ms-version: 2020-12-06", headers, StringComparison.Ordinal);
        Assert.Contains("DataServiceVersion: 3.0", headers, StringComparison.Ordinal);
        Assert.Contains("Accept: application/json;odata=minimalmetadata", headers, StringComparison.Ordinal);
        Assert.Contains("If-Match: *", headers, StringComparison.Ordinal);
        Assert.Contains("Authorization: SharedKeyLite account:", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Busy_service_is_asked_again_with_the_same_body()
    {
        var service = new ScriptedService((HttpStatusCode.ServiceUnavailable, ""), (HttpStatusCode.InternalServerError, ""), (HttpStatusCode.NoContent, ""));

        var response = await service.Table().AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });

        Assert.Equal(204, response.Status);
        Assert.Equal(3, service.Received.Count);
        Assert.Single(service.Received.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Refusal_is_not_asked_again()
    {
        var service = new ScriptedService((HttpStatusCode.Conflict, Conflict));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => service.Table().AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, "EntityAlreadyExists"), (refusal.Status, refusal.ErrorCode));
        Assert.Single(service.Received);
    }

    [Fact]
    public async Task Values_are_read_by_their_annotations()
    {
        const string Row = """
            {"odata.metadata":"m","odata.etag":"W/\"datetime'x'\"","PartitionKey":"p","RowKey":"r","Timestamp":"2026-01-02T03:04:05.1234567Z",
            "L@odata.type":"Edm.Int64","L":"7","D":5.0,"E@odata.type":"Edm.Double","E":5,"I":5,"T@odata.type":"Edm.DateTime","T":"2026-01-02T03:04:05Z",
            "S":"2026-01-02T03:04:05Z","X@odata.type":"Edm.Binary","X":"AQ==","F@odata.type":"Edm.Double","F":"NaN"}
            """;
        var service = new ScriptedService((HttpStatusCode.OK, Row));

        var entity = (await service.Table().GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(new ETag("W/\"datetime'x'\""), entity.ETag);
        Assert.Equal(DateTimeOffset.Parse("2026-01-02T03:04:05.1234567Z", null), entity.Timestamp);
        Assert.Equal((7L, 5.0, 5.0, 5), (entity.GetInt64("L"), entity.GetDouble("D"), entity.GetDouble("E"), entity.GetInt32("I")));
        Assert.Equal((new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2026-01-02T03:04:05Z"), (entity.GetDateTime("T"), entity.GetString("S")));
        Assert.Equal([1], entity.GetBinary("X")!);
        Assert.True(double.IsNaN(entity.GetDouble("F")!.Value));
        Assert.False(entity.ContainsKey("odata.metadata"));
    }
}

using System.Text;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

public sealed class TransactionReaderTests
{
    [Fact]
    public void Parts_are_read_with_their_headers()
    {
        var parts = Read("""
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            X-Content-Type-Options: nosniff
            etag: W/"datetime'2026-01-01T00%3A00%3A00Z'"


            --changesetresponse_2
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content


            --changesetresponse_2--
            --batchresponse_1--
            """);

        Assert.Equal([204, 204], parts.Select(part => part.Status));
        Assert.Equal(new ETag("W/\"datetime'2026-01-01T00%3A00%3A00Z'\""), parts[0].Headers.ETag);
        Assert.Equal(["X-Content-Type-Options", "etag"], parts[0].Headers.Select(header => header.Name));
        Assert.Null(parts[1].Headers.ETag);
    }

    [Fact]
    public void Refusal_is_read_with_its_body_and_index()
    {
        var part = Assert.Single(Read("""
            --batchresponse_1
            Content-Type: multipart/mixed; boundary=changesetresponse_2

            --changesetresponse_2
            Content-Type: application/http

            HTTP/1.1 409 Conflict
            Content-Type: application/json

            {"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"42:The specified entity already exists.\nRequestId:1"}}}
            --changesetresponse_2--
            --batchresponse_1--
            """));

        var refusal = new TableTransactionFailedException(new RequestFailedException(part, null, ServiceErrorParser.Instance));

        Assert.Equal((409, "EntityAlreadyExists", 42), (refusal.Status, refusal.ErrorCode, refusal.FailedTransactionActionIndex));
    }

    [Fact]
    public void Answer_that_breaks_off_has_the_parts_it_has()
    {
        Assert.Equal(204, Assert.Single(Read("HTTP/1.1 204 No Content")).Status);
        Assert.Empty(Read(""));
    }

    private static List<Response> Read(string answer) =>
        TransactionReader.Read(Encoding.UTF8.GetBytes(answer.ReplaceLineEndings("\r\n")), 2, "id");
}

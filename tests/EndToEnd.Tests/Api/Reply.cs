using System.Net;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Api;

/// <summary>An answer of the API, read to its end.</summary>
public sealed record Reply(HttpStatusCode Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers, AppLog Log)
{
    /// <summary>Null where the answer is no JSON.</summary>
    public JsonNode? Json { get; } = ContentType is "application/json" or "application/problem+json" && Text.Length > 0 ? JsonNode.Parse(Text) : null;

    public int Code => (int)Status;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Itself, where it has that status.</summary>
    public Reply MustBe(int status)
    {
        Assert.True(Code == status, $"{status} was expected, {Code} was answered: {Text}{(Code >= 500 ? Environment.NewLine + Log.Tail(5) : "")}");
        return this;
    }

    /// <summary>Itself, where it is a problem with that status and code that says all a problem must say.</summary>
    public Reply MustRefuse(int status, string code)
    {
        MustBe(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal((status, code, $"/api/errors/{code}"), ((int)Json.Number("status"), Json.Text("code"), Json.Text("type")));
        Assert.All(new[] { "title", "detail", "instance", "fix", "requestId" }, field => Assert.False(string.IsNullOrWhiteSpace(Json.Text(field)), $"{field} is missing in {Text}"));
        Assert.Equal(Header("X-Request-Id"), Json.Text("requestId"));
        Assert.DoesNotContain("   at ", Text, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The messages about a field of a refused request.</summary>
    public string Error(string field) => string.Join(' ', Json.At("errors")?[field]?.AsArray().Select(message => (string)message!)
        ?? throw new InvalidOperationException($"errors names no {field}: {Text}"));
}

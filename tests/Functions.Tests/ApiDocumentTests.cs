using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ProspectOps.Functions.OpenApi;

namespace ProspectOps.Functions.Tests;

/// <summary>The API document says all of the API.</summary>
public sealed class ApiDocumentTests
{
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Bytes.Span)!.AsObject();

    public static TheoryData<string> Functions => [.. ApiOperation.All.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Http_function_is_described_with_what_it_takes_and_answers(string id)
    {
        var operation = ApiOperation.All.Single(one => one.Id == id);

        Assert.True(operation.Operation is not null, $"{id} has no [Operation].");
        Assert.EndsWith(".", operation.Operation.Summary, StringComparison.Ordinal);
        Assert.NotEmpty(operation.Answers);
        Assert.All(operation.Answers, answer => Assert.True(answer.Body is not null || operation.AnswersFile is not null || answer.Status is 204 or 302, $"{id} does not say what comes with {answer.Status}."));
        foreach (var verb in operation.Verbs)
            Assert.NotNull(Document["paths"]![OpenApiDocument.PathOf(operation.Route)]?[verb]);
    }

    [Fact]
    public void Ids_of_operations_are_their_own()
    {
        var ids = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => (string)operation.Value!["operationId"]!).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void What_is_referred_to_is_there()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        var missing = References(Document).Where(name => !schemas.ContainsKey(name)).Distinct();

        Assert.Empty(missing);
    }

    [Fact]
    public void Sent_fields_that_are_unknown_are_refused_and_the_document_says_so()
    {
        var pipeline = Document["components"]!["schemas"]!["PipelineInput"]!;

        Assert.False((bool)pipeline["additionalProperties"]!);
        Assert.Equal(["industry", "name"], pipeline["required"]!.AsArray().Select(name => (string)name!).Order());
        Assert.Equal(["A", "B", "C", "D"], Document["components"]!["schemas"]!["PipelineRequestOptionsInput"]!["properties"]!["generateFor"]!["items"]!["enum"]!.AsArray().Select(tier => (string)tier!));
    }

    [Fact]
    public void Answered_fields_that_are_always_there_are_required()
    {
        var workflow = Document["components"]!["schemas"]!["Workflow"]!;
        var required = workflow["required"]!.AsArray().Select(name => (string)name!).ToArray();

        Assert.Contains("counts", required);
        Assert.DoesNotContain("finishedAt", required);
        Assert.Equal("date-time", (string?)workflow["properties"]!["createdAt"]!["format"]);
    }

    // On Azure the worker sends the host, beside the answer, what its serializer sees of the result.
    [Fact]
    public void Document_is_no_property_of_its_answer() =>
        Assert.Equal("{}", JsonSerializer.Serialize<object>(OpenApiHttp.Document(new DefaultHttpContext().Request)));

    [Fact]
    public void What_goes_on_after_its_answer_says_where_to_look()
    {
        // Clay and its like send and do not ask: its rows are counted in the answer.
        var accepted = ApiOperation.All.Where(operation => operation.Id != "ReceiveClayRows").SelectMany(operation => operation.Answers.Where(answer => answer.Status == 202).Select(answer => (operation.Id, answer.Body)));

        Assert.All(accepted, one => Assert.True(one.Body!.GetProperty("StatusUrl") is not null, $"{one.Id} answers 202 without statusUrl."));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(field => field.Key == "$ref" ? [((string)field.Value!).Split('/')[^1]] : References(field.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}

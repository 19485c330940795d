using System.Text;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

public sealed class UploadsTests(Platform platform)
{
    private readonly ApiClient _api = platform.Operator;

    [Theory]
    [InlineData("saas-40.csv", 40, 3)]
    [InlineData("logistics-60.csv", 60, 4)]
    public async Task File_in_any_encoding_is_read(string file, int rows, int rejected)
    {
        var reply = (await _api.PostBytesAsync("uploads", await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "samples", file)), "text/csv")).MustBe(201);

        Assert.Equal((rows, rejected), ((int)reply.Json.Number("rows"), reply.Json.List("rejected").Count));
        Assert.All(reply.Json.List("columns"), column => Assert.DoesNotContain('\uFFFD', column.Text("name")!));
    }

    [Theory]
    [InlineData("saas-40.csv", "saas", 3, 5)]
    [InlineData("logistics-60.csv", "logistics", 4, 7)]
    public async Task Sample_goes_through_as_its_description_says(string file, string industry, int duplicates, int invalid)
    {
        var uploadId = await _api.UploadAsync(await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "samples", file)));

        var workflow = await _api.EndAsync((await _api.StartAsync(new { name = file, industry, uploadId })).Text("workflowId")!);

        var counts = workflow.Numbers("counts");
        Assert.Equal((duplicates, invalid), (counts["duplicates"], counts["invalid"]));
        Assert.Equal(counts["received"], counts["duplicates"] + counts["invalid"] + counts["analyzed"] + counts["failed"]);
    }

    [Fact]
    public async Task File_in_a_form_is_taken()
    {
        using var form = new MultipartFormDataContent();
        using var note = new StringContent("ignored");
        using var file = new ByteArrayContent("E-Mail Address;Vorname\nann@a.example;Ann\n"u8.ToArray());
        form.Add(note, "note");
        form.Add(file, "file", "people.csv");

        var reply = (await _api.SendAsync(HttpMethod.Post, "uploads", form)).MustBe(201);

        Assert.Equal(1, reply.Json.Number("rows"));
        Assert.Equal(["email", "firstName"], reply.Json.List("columns").Select(column => column.Text("mapsTo")));
    }

    [Fact]
    public async Task Form_without_a_file_is_refused()
    {
        using var form = new MultipartFormDataContent();
        using var note = new StringContent("ignored");
        form.Add(note, "note");

        (await _api.SendAsync(HttpMethod.Post, "uploads", form)).MustRefuse(400, "validation_failed");
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("\n\n\n", "csv_empty")]
    [InlineData("PK\u0003\u0004\0\0\0\0binary\0\0", "csv_binary")]
    [InlineData("email,firstName\n", "csv_no_rows")]
    [InlineData("colour,size\nred,5\n", "csv_no_usable_column")]
    [InlineData("ann@a.example,Ann\nbob@b.example,Bob\n", "csv_no_usable_column")]
    [InlineData("email,E-Mail\nann@a.example,ann@b.example\n", "csv_duplicate_column")]
    public async Task File_that_cannot_be_used_is_refused_with_its_mend(string content, string code) =>
        (await _api.PostBytesAsync("uploads", Encoding.UTF8.GetBytes(content), "text/csv")).MustRefuse(400, code);

    [Fact]
    public async Task File_over_a_hundred_mebibytes_is_refused()
    {
        using var content = new ByteArrayContent(new byte[101 * 1024 * 1024]);
        content.Headers.ContentType = new("text/csv");

        (await _api.SendAsync(HttpMethod.Post, "uploads", content)).MustRefuse(413, "upload_too_large");
    }
}

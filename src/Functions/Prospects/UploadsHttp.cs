using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Prospects.Uploads;

namespace ProspectOps.Functions.Prospects;

public sealed class UploadsHttp(UploadService uploads, Creations creations)
{
    // RFC 2046, section 5.1.1.
    private const int MostBoundaryCharacters = 70;

    [Function("CreateUpload")]
    [Requires("prospects:write")]
    [Idempotent]
    [Operation("Takes a file of people, and says what it makes of its columns and lines.")]
    [TakesFile("text/csv", "multipart/form-data")]
    [Answers(201, typeof(Upload))]
    [Refuses("csv_binary", "csv_duplicate_column", "csv_empty", "csv_no_rows", "csv_no_usable_column", "csv_quote_open", "csv_row_too_long", "csv_too_many_columns", "upload_too_large", "body_too_large", "request_malformed")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "uploads")] HttpRequest request, CancellationToken cancellationToken)
    {
        PlainBody.Require(request);
        // With room for what multipart puts around the file.
        if (request.ContentLength > UploadErrors.MostBytes + 64 * 1024)
            throw new DomainException(UploadErrors.TooLarge);
        return await creations.OnceStreamedAsync(
            request, "uploads",
            async _ =>
            {
                await using var hashed = new HashingStream(request.Body);
                request.Body = hashed;
                var upload = await StoreAsync(request, cancellationToken);
                return (new IdempotentReply(201, null, Replies.Text(upload)), Fields(await hashed.EndAsync(cancellationToken)));
            },
            async () =>
            {
                await using var hashed = new HashingStream(request.Body);
                return Fields(await hashed.EndAsync(cancellationToken));
            },
            cancellationToken);
    }

    // The body as it came: a form with another boundary is another body.
    private static Dictionary<string, string> Fields(string hash) => new() { ["file"] = hash };

    private async Task<Upload> StoreAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await uploads.StoreAsync(request.Tenant(), await FileAsync(request, cancellationToken), cancellationToken);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new DomainException(ApiErrors.QueryInvalid("file", "the file breaks off before its end"));
        }
    }

    private static async Task<Stream> FileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw new DomainException(ApiErrors.UnsupportedType("text/csv"));
        if (type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
            return request.Body;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MostBoundaryCharacters } boundary)
            throw new DomainException(ApiErrors.UnsupportedType("text/csv"));

        var reader = new MultipartReader(boundary, request.Body);
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            if (section.AsFileSection() is { Name: "file", FileStream: { } file })
                return file;
        }
        throw new DomainException(ApiErrors.QueryInvalid("file", "the form has no file called file"));
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DomainException(ApiErrors.QueryInvalid("file", "the form could not be read to its end"));
        }
    }
}

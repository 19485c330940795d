namespace ProspectOps.EndToEnd.Tests.Fuzz;

/// <summary>A made-up call.</summary>
/// <param name="Body">Null where none is sent.</param>
public sealed record FuzzedRequest(string Operation, HttpMethod Method, string Path, byte[]? Body, string? ContentType, IReadOnlyList<(string Name, string Value)> Headers)
{
    public HttpContent? Content()
    {
        if (Body is null)
            return null;
        var content = new ByteArrayContent(Body);
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return content;
    }

    public override string ToString() => $"{Method} {Path} {ContentType} {(Body is null ? "" : System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 500))))}";
}

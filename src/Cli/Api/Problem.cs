using System.Text;
using System.Text.Json;

namespace ProspectOps.Cli.Api;

/// <summary>An error as the API answers it (RFC 9457, with our additions), for a person to read.</summary>
internal sealed record Problem(int Status, string Code, string Title, string Detail, IReadOnlyDictionary<string, string[]> Errors, string Fix, string RequestId)
{
    public static Problem Parse(int status, string reasonPhrase, string body, string requestId)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                return new Problem(status, Text("code"), Text("title") is { Length: > 0 } title ? title : reasonPhrase, Text("detail"),
                    ErrorsOf(root), Text("fix"), Text("requestId") is { Length: > 0 } id ? id : requestId);

                string Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            }
        }
        catch (JsonException)
        {
            // a proxy's page, not ours
        }
        var excerpt = body.Length > 300 ? body[..300] + " …" : body;
        return new Problem(status, "", reasonPhrase, excerpt.Trim(), new Dictionary<string, string[]>(), "", requestId);
    }

    /// <summary>Title, detail, each field's errors, the fix, the request id: a line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Title} ({Status}{(Code.Length > 0 ? $", {Code}" : "")})");
        if (Detail.Length > 0 && Detail != Title)
            text.AppendLine().Append("  ").Append(Detail);
        foreach (var (field, messages) in Errors)
        {
            foreach (var message in messages)
                text.AppendLine().Append("  ").Append(field).Append(": ").Append(message);
        }
        if (Fix.Length > 0)
            text.AppendLine().Append("  what to do: ").Append(Fix);
        if (RequestId.Length > 0)
            text.AppendLine().Append("  request id: ").Append(RequestId);
        return text.ToString();
    }

    private static Dictionary<string, string[]> ErrorsOf(JsonElement root)
    {
        var errors = new Dictionary<string, string[]>();
        if (!root.TryGetProperty("errors", out var fields) || fields.ValueKind != JsonValueKind.Object)
            return errors;
        foreach (var field in fields.EnumerateObject())
        {
            errors[field.Name] = field.Value.ValueKind == JsonValueKind.Array
                ? [.. field.Value.EnumerateArray().Select(message => message.ToString())]
                : [field.Value.ToString()];
        }
        return errors;
    }
}

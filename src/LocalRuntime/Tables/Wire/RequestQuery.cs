using System.Globalization;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Query parameters that may be absent.</summary>
internal static class RequestQuery
{
    public static void AppendQuery(this Request request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            request.Uri.AppendQuery(name, value, escapeValue: true);
    }

    public static void AppendQuery(this Request request, string name, int? value)
    {
        if (value is { } number)
            request.Uri.AppendQuery(name, number.ToString(CultureInfo.InvariantCulture), escapeValue: false);
    }
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Platform;

/// <summary><c>limit</c> and <c>cursor</c> of a list. A cursor is where to go on, sealed for its tenant and list.</summary>
public sealed class Paging(KeyHasher seal)
{
    private const int UsualLimit = 50;
    private const int MostLimit = 200;
    private const int SealCharacters = 16;

    /// <exception cref="DomainException"><c>validation_failed</c>, <c>cursor_invalid</c>.</exception>
    internal (int Limit, string After) Read(HttpRequest request, string list)
    {
        var limit = UsualLimit;
        if (request.TextOf("limit") is { } text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MostLimit))
            throw new DomainException(ApiErrors.QueryInvalid("limit", $"must be 1 to {MostLimit}"));
        return (limit, request.TextOf("cursor") is { } cursor ? Open(request, list, cursor) : "");
    }

    /// <param name="after">Null where the list is at its end.</param>
    internal IResult Reply<T>(HttpRequest request, string list, IReadOnlyList<T> items, string? after) =>
        Replies.Ok(new PageView<T>(items, after is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(Seal(request, list, after) + after)).TrimEnd('=').Replace('+', '-').Replace('/', '_')));

    /// <summary>A page of a list that is small enough to be read as a whole.</summary>
    /// <param name="all">In the order of <paramref name="placeOf"/>.</param>
    /// <param name="placeOf">Where an item stands among the others, compared by ordinals; no two stand at one place.</param>
    internal IResult ReplyPart<T>(HttpRequest request, string list, IEnumerable<T> all, Func<T, string> placeOf)
    {
        var (limit, after) = Read(request, list);
        var left = all.SkipWhile(item => string.CompareOrdinal(placeOf(item), after) <= 0).Take(limit + 1).ToArray();
        return left.Length > limit ? Reply(request, list, left[..limit], placeOf(left[limit - 1])) : Reply(request, list, left, null);
    }

    private string Open(HttpRequest request, string list, string cursor)
    {
        try
        {
            var padded = cursor.Replace('-', '+').Replace('_', '/') + new string('=', (4 - cursor.Length % 4) % 4);
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(padded));
            if (text.Length > SealCharacters && text[..SealCharacters] == Seal(request, list, text[SealCharacters..]))
                return text[SealCharacters..];
        }
        catch (FormatException)
        {
            // Not even base64: refused below, like any other that is not ours.
        }
        throw new DomainException(ApiErrors.CursorInvalid);
    }

    private string Seal(HttpRequest request, string list, string after) => seal.Tag($"{request.Tenant().Value}\n{list}\n{after}", SealCharacters);
}

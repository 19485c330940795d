using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Functions.Platform;

/// <summary>Requests that create something: with an <c>Idempotency-Key</c>, once.</summary>
public sealed class Creations(IdempotencyStore store, IdSource ids)
{
    private const int MostKeyCharacters = 255;

    /// <param name="operation">Tells apart what the same key was used for.</param>
    /// <param name="create">Is given the seed that all ids derive from.</param>
    internal async Task<IResult> OnceAsync<T>(HttpRequest request, string operation, JsonBody<T> body, Func<string, Task<IdempotentReply>> create, CancellationToken cancellationToken)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var header))
            return Replies.Of(await create(ids.NewSuffix()), replayed: false);
        var key = header.ToString();
        if (key.Length is 0 or > MostKeyCharacters || key.Any(c => c is < '!' or > '~'))
            throw new DomainException(IdempotencyErrors.KeyInvalid);

        var begun = await store.BeginAsync(request.Tenant().Value, operation, key, body.Fields, cancellationToken);
        if (begun.Reply is { } first)
            return Replies.Of(first, replayed: true);
        try
        {
            var reply = await create(begun.Seed);
            // What was created must be answered again, though the caller has gone.
            await store.CompleteAsync(begun, reply, CancellationToken.None);
            return Replies.Of(reply, replayed: false);
        }
        catch (DomainException)
        {
            await store.AbandonAsync(begun, CancellationToken.None);
            throw;
        }
    }
}

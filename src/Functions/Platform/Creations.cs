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
    internal Task<IResult> OnceAsync<T>(HttpRequest request, string operation, JsonBody<T> body, Func<string, Task<IdempotentReply>> create, CancellationToken cancellationToken) =>
        OnceAsync(request, operation, body.Fields, async seed => (await create(seed), null), null, cancellationToken);

    /// <summary>For a body that is too large to be read before it is known whether it is needed.</summary>
    /// <param name="create">Answers also what was read: a hash for each field, by which another body is known.</param>
    /// <param name="read">Reads the body of a repeat, for its hashes alone.</param>
    internal Task<IResult> OnceStreamedAsync(
        HttpRequest request, string operation, Func<string, Task<(IdempotentReply Reply, IReadOnlyDictionary<string, string>? Fields)>> create, Func<Task<IReadOnlyDictionary<string, string>>> read, CancellationToken cancellationToken) =>
        OnceAsync(request, operation, null, create, read, cancellationToken);

    private async Task<IResult> OnceAsync(
        HttpRequest request, string operation, IReadOnlyDictionary<string, string>? fields,
        Func<string, Task<(IdempotentReply Reply, IReadOnlyDictionary<string, string>? Fields)>> create, Func<Task<IReadOnlyDictionary<string, string>>>? read, CancellationToken cancellationToken)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var header))
            return Replies.Of((await create(ids.NewSuffix())).Reply, replayed: false);
        var key = header.ToString();
        if (key.Length is 0 or > MostKeyCharacters || key.Any(c => c is < '!' or > '~'))
            throw new DomainException(IdempotencyErrors.KeyInvalid);

        var begun = await store.BeginAsync(request.Tenant().Value, operation, key, fields, cancellationToken);
        if (begun.Reply is { } first)
        {
            if (read is not null)
                IdempotencyStore.RequireSame(begun, await read());
            return Replies.Of(first, replayed: true);
        }
        try
        {
            var (reply, known) = await create(begun.Seed);
            // What was created must be answered again, though the caller has gone.
            await store.CompleteAsync(begun, reply, CancellationToken.None, known);
            return Replies.Of(reply, replayed: false);
        }
        catch (DomainException)
        {
            await store.AbandonAsync(begun, CancellationToken.None);
            throw;
        }
    }
}

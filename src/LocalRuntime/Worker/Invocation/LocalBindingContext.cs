using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

internal sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public static IReadOnlyDictionary<string, object?> None { get; } = ImmutableDictionary<string, object?>.Empty;

    public override IReadOnlyDictionary<string, object?> BindingData => data;
}

using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>The context of every invocation. Whatever most functions never ask for is made at first use.</summary>
internal class LocalFunctionContext(FunctionDescriptor function, TriggerInput? input, InvocationServices services, CancellationToken outer)
    : FunctionContext, IAsyncDisposable
{
    private readonly long _startedAt = services.Clock.GetTimestamp();
    private string? _invocationId;
    private IServiceScope? _scope;
    private IServiceProvider? _instanceServices;
    private CancellationTokenSource? _cancellation;
    private InvocationFeatures? _features;
    private bool _isDisposed;

    public FunctionDescriptor Function => function;

    public TriggerInput? Input => input;

    /// <summary>What the function returned, or what a middleware put in its place.</summary>
    public object? Result { get; set; }

    /// <summary>Outputs by name, once the function has returned.</summary>
    public Dictionary<string, object?> OutputData => field ??= new(StringComparer.Ordinal);

    public override string InvocationId => _invocationId ?? (Interlocked.CompareExchange(ref _invocationId, Guid.NewGuid().ToString(), null) ?? _invocationId);

    public override string FunctionId => function.Definition.Id;

    public override FunctionDefinition FunctionDefinition => function.Definition;

    public override TraceContext TraceContext => field ??= new LocalTraceContext();

    public override BindingContext BindingContext => field ??= new LocalBindingContext(GetBindingData());

    public override RetryContext RetryContext => field ??= new LocalRetryContext(input?.RetryCount ?? 0, input?.MaxRetryCount ?? 0);

    public override IDictionary<object, object> Items
    {
        get => field ??= new Dictionary<object, object>();
        set;
    }

    public override IInvocationFeatures Features => _features ??= new InvocationFeatures(this);

    public override CancellationToken CancellationToken => (_cancellation ?? StartCancellation()).Token;

    public override IServiceProvider InstanceServices
    {
        get => _instanceServices ?? OpenScope();
        set => _instanceServices = value;
    }

    /// <summary>Whether the function has run for longer than it may.</summary>
    public bool IsOutOfTime => function.Timeout is { } timeout && services.Clock.GetElapsedTime(_startedAt) >= timeout;

    /// <summary>The value for the trigger's parameter.</summary>
    public virtual object? TriggerValue => input?.Value;

    /// <summary>A value that the trigger brings by name, whatever the case.</summary>
    public virtual bool TryGetBindingData(string name, out object? value)
    {
        value = null;
        return input?.BindingData?.TryGetValue(name, out value) ?? false;
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _cancellation?.Dispose();
        switch (Interlocked.Exchange(ref _scope, null))
        {
            case IAsyncDisposable scope:
                await scope.DisposeAsync();
                break;
            case { } scope:
                scope.Dispose();
                break;
            case null:
                break;
        }
    }

    /// <summary>Called between the pipeline and the outputs.</summary>
    public virtual Task AnswerAsync() => Task.CompletedTask;

    protected virtual IReadOnlyDictionary<string, object?> GetBindingData() => input?.BindingData ?? LocalBindingContext.None;

    protected virtual CancellationTokenSource LinkCancellation() => CancellationTokenSource.CreateLinkedTokenSource(outer);

    private CancellationTokenSource StartCancellation()
    {
        var cancellation = LinkCancellation();
        if (Interlocked.CompareExchange(ref _cancellation, cancellation, null) is { } earlier)
        {
            cancellation.Dispose();
            return earlier;
        }
        if (function.Timeout is { } timeout)
        {
            var left = timeout - services.Clock.GetElapsedTime(_startedAt);
            // A timer may fire a hair early; the function is then told, but not yet out of time.
            cancellation.CancelAfter((left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromMilliseconds(20));
        }
        return cancellation;
    }

    private IServiceProvider OpenScope()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var scope = services.Scopes.CreateScope();
        if (Interlocked.CompareExchange(ref _scope, scope, null) is { } earlier)
        {
            scope.Dispose();
            return earlier.ServiceProvider;
        }
        return _instanceServices = scope.ServiceProvider;
    }
}

using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>The activity that was current when the invocation first asked.</summary>
internal sealed class LocalTraceContext : TraceContext
{
    private readonly Activity? _activity = Activity.Current;

    public override string TraceParent => _activity?.Id ?? "";

    public override string TraceState => _activity?.TraceStateString ?? "";
}

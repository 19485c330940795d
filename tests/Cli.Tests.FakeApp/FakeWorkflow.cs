namespace ProspectOps.Cli.Tests.FakeApp;

/// <summary>A workflow that runs for some polls.</summary>
internal sealed class FakeWorkflow(int polls)
{
    private int _left = polls;

    public bool IsCanceled { get; set; }

    public void Polled() => Interlocked.Decrement(ref _left);

    public string StatusWhenEnd(string end) => IsCanceled ? "Canceled" : _left >= 0 ? "Running" : end;
}

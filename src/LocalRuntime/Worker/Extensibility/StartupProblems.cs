namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>What is wrong with settings, gathered so that one start tells it all. Registered as a singleton; the host refuses to start unless it is empty.</summary>
internal sealed class StartupProblems
{
    private readonly Lock _gate = new();
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    /// <param name="problem">A sentence that names the file or setting, what stands there, and what may stand there.</param>
    public void Add(string problem)
    {
        lock (_gate)
            _all.Add(problem);
    }
}

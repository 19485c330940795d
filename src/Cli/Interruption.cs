using System.Runtime.InteropServices;

namespace ProspectOps.Cli;

/// <summary>Turns Ctrl-C, SIGTERM and a closed terminal into a token, so that what was started is stopped in order.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _gate = new();
    private CancellationTokenSource _source = new();

    public Interruption()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token
    {
        get
        {
            lock (_gate)
                return _source.Token;
        }
    }

    /// <summary>Whether the last signal was Ctrl-C: a person is there to be asked.</summary>
    public bool CameFromKeyboard { get; private set; }

    /// <summary>Waits for the next signal: <see cref="Token"/> is a fresh one afterwards.</summary>
    public void Rearm()
    {
        lock (_gate)
            _source = new CancellationTokenSource();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        CancellationTokenSource source;
        lock (_gate)
        {
            CameFromKeyboard = context.Signal is PosixSignal.SIGINT;
            source = _source;
        }
        source.Cancel();
    }
}

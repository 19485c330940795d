namespace ProspectOps.Cli.Running;

/// <summary>What the app prints: kept in a file, its last lines in memory for the message when it fails.</summary>
internal sealed class AppLog : IDisposable
{
    private const long MaxSizeBytes = 10_000_000;
    private const int LinesInMemory = 20;

    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly string _file;
    private readonly Action<string>? _show;
    private StreamWriter _writer;

    public AppLog(string file, Action<string>? show)
    {
        _file = file;
        _show = show;
        _writer = Open();
    }

    public void Write(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _last.Enqueue(line);
            if (_last.Count > LinesInMemory)
                _last.Dequeue();
            if (_writer.BaseStream is not { CanWrite: true })
                return;
            if (_writer.BaseStream.Length > MaxSizeBytes)
            {
                _writer.Dispose();
                _writer = Open();
            }
            _writer.WriteLine(line);
            _show?.Invoke(line);
        }
    }

    /// <summary>What the app says of why it did not start, or else its last lines.</summary>
    public IReadOnlyList<string> WhatFailed()
    {
        lock (_gate)
        {
            var reason = _last.SkipWhile(line => !line.StartsWith("Not started. ", StringComparison.Ordinal)).ToArray();
            return reason.Length > 0 ? reason : [.. _last];
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _writer.Dispose();
    }

    // One older file is kept, so that the log never grows beyond twice its limit.
    private StreamWriter Open()
    {
        if (new FileInfo(_file) is { Exists: true, Length: > MaxSizeBytes })
            File.Move(_file, Path.ChangeExtension(_file, ".1.log"), overwrite: true);
        return new StreamWriter(new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
    }
}

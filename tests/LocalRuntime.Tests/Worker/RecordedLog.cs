using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Tests.Worker;

/// <summary>Keeps every line.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public IEnumerable<LogLine> Errors => _lines.Where(line => line.Level >= LogLevel.Error);

    /// <summary>The last lines, for the message of a test that fails.</summary>
    public string Tail(int lines = 40) => string.Join(Environment.NewLine, _lines.TakeLast(lines).Select(line => $"{line.Level} {line.Category}: {line.Text} {line.Exception?.Message}"));

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception), exception));
    }
}

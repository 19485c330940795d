namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>The last lines that the app wrote, over all its runs, for the message of a test that fails.</summary>
public sealed class AppLog
{
    private const int MostLines = 2_000;

    private readonly Queue<string> _lines = new();

    public void Write(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }

    public string Tail(int lines = 60)
    {
        lock (_lines)
            return string.Join(Environment.NewLine, _lines.TakeLast(lines));
    }
}

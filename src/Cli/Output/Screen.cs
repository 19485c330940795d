using ProspectOps.Cli.Api;
using Spectre.Console;

namespace ProspectOps.Cli.Output;

/// <summary>What the command prints: data on standard output, and notes and errors beside it on standard error.</summary>
internal sealed class Screen
{
    // Where nobody looks on, a table is as wide as its content.
    private const int WideEnough = 400;

    private readonly Lock _gate = new();
    private readonly bool _errorColors = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    public IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>The console that shows bars at this moment: a note goes through it, or it would be drawn over.</summary>
    public IAnsiConsole? Live { get; set; }

    public static bool IsTerminal(bool redirected) => !redirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>A line of data.</summary>
    public void Line(string text)
    {
        lock (_gate)
            Console.Out.WriteLine(text);
    }

    /// <summary>JSON on one line, so that it is a line for a log and for <c>tail -n 1</c>.</summary>
    public void Json(object value) => Line(value.ToOneLine());

    /// <summary>What is going on: never on standard output, where data may be read by a program.</summary>
    public void Note(string text) => Beside(text, Style.Plain, "");

    public void Dim(string text) => Beside(text, new Style(decoration: Decoration.Dim), "\e[2m");

    public void Failure(string text) => Beside(text, new Style(Color.Red), "\e[31m");

    public static Table NewTable(params IEnumerable<string> columns)
    {
        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii2 : TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        return table;
    }

    // Not through Spectre, which would break a key or a path at the terminal's edge.
    private void Beside(string text, Style style, string escape)
    {
        lock (_gate)
        {
            if (Live is { } console)
                console.Write(new Text(text + Environment.NewLine, style));
            else
                Console.Error.WriteLine(_errorColors && escape.Length > 0 ? $"{escape}{text}\e[0m" : text);
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = WideEnough;
        return console;
    }
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ProspectOps.Cli.Testing;

/// <summary>One test project's run: its TRX file, and the exit code of <c>dotnet test</c>, which counts too.</summary>
internal sealed record TestRun(string Project, int ExitCode, string Log, IReadOnlyList<TestResult> Results, TimeSpan Took)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>A test host that crashed: no failed test says so.</summary>
    public bool RunFailed => ExitCode != 0 && Results.All(result => result.Outcome != "failed");

    public int Passed => Count("passed");

    public int Skipped => Count("skipped");

    public int Failed => Count("failed") + (RunFailed ? 1 : 0);

    /// <param name="exitFile"><c>NAME.exit</c>; <c>NAME.trx</c> lies beside it, unless the run never got that far.</param>
    public static TestRun Read(string exitFile)
    {
        var project = Path.GetFileNameWithoutExtension(exitFile);
        var exitCode = int.Parse(File.ReadAllText(exitFile), CultureInfo.InvariantCulture);
        var log = Path.ChangeExtension(exitFile, ".log");
        var trx = Path.ChangeExtension(exitFile, ".trx");
        try
        {
            var document = XDocument.Load(trx);
            var results = document.Descendants(Trx + "UnitTestResult").Select(Result).ToList();
            return new TestRun(project, exitCode, log, results, TookOf(document));
        }
        catch (Exception e) when (e is IOException or XmlException)
        {
            return new TestRun(project, exitCode == 0 ? 1 : exitCode, log, [], TimeSpan.Zero);
        }
    }

    /// <summary>"N passed, N failed", and the skipped where there are some.</summary>
    public static string Sum(IReadOnlyCollection<TestRun> runs)
    {
        var skipped = runs.Sum(run => run.Skipped);
        return string.Create(CultureInfo.InvariantCulture,
            $"{runs.Sum(run => run.Passed)} passed, {runs.Sum(run => run.Failed)} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
    }

    private static TestResult Result(XElement result)
    {
        var fullName = (string?)result.Attribute("testName") ?? "";
        var outcome = (string?)result.Attribute("outcome") switch
        {
            "Passed" => "passed",
            "NotExecuted" => "skipped",
            _ => "failed",
        };
        var message = string.Join('\n', result.Descendants(Trx + "Message").Concat(result.Descendants(Trx + "StackTrace")).Select(text => text.Value.TrimEnd()));
        return new TestResult(fullName, MethodOf(fullName), outcome, message);
    }

    // The arguments of a theory may hold dots too.
    private static string MethodOf(string fullName)
    {
        var name = fullName.AsSpan();
        var end = name.IndexOf('(');
        var dot = (end < 0 ? name : name[..end]).LastIndexOf('.');
        return fullName[(dot + 1)..];
    }

    private static TimeSpan TookOf(XDocument document) =>
        document.Descendants(Trx + "Times").FirstOrDefault() is { } times
        && DateTimeOffset.TryParse((string?)times.Attribute("start"), CultureInfo.InvariantCulture, out var start)
        && DateTimeOffset.TryParse((string?)times.Attribute("finish"), CultureInfo.InvariantCulture, out var finish)
            ? finish - start : TimeSpan.Zero;

    private int Count(string outcome) => Results.Count(result => result.Outcome == outcome);
}

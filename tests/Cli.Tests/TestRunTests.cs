using ProspectOps.Cli.Testing;

namespace ProspectOps.Cli.Tests;

public sealed class TestRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-trx-");

    [Fact]
    public void Results_are_counted_and_named_by_method()
    {
        var run = Run(1, """
            <UnitTestResult testName="A.B.S01_works" outcome="Passed" />
            <UnitTestResult testName="A.B.S02_takes(text: &quot;a.b&quot;)" outcome="Failed"><Output><ErrorInfo><Message>why</Message></ErrorInfo></Output></UnitTestResult>
            <UnitTestResult testName="A.B.S03_waits" outcome="NotExecuted" />
            """);

        Assert.Equal(["passed S01_works", "failed S02_takes(text: \"a.b\")", "skipped S03_waits"], run.Results.Select(result => $"{result.Outcome} {result.Name}"));
        Assert.Equal("1 passed, 1 failed, 1 skipped", TestRun.Sum([run]));
        Assert.Equal("why", run.Results[1].Message);
    }

    [Fact]
    public void Host_that_crashed_counts_as_a_failure()
    {
        var crashed = Run(1, """<UnitTestResult testName="A.B.C" outcome="Passed" />""");

        Assert.True(crashed.RunFailed);
        Assert.Equal("1 passed, 1 failed", TestRun.Sum([crashed]));
    }

    [Fact]
    public void Run_without_results_counts_as_a_failure_whatever_it_exits_with()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "X.Tests.exit"), "0\n");

        Assert.Equal("0 passed, 1 failed", TestRun.Sum([TestRun.Read(Path.Combine(_folder.FullName, "X.Tests.exit"))]));
    }

    [Fact]
    public void Skipped_are_left_out_where_there_are_none() =>
        Assert.Equal("1 passed, 0 failed", TestRun.Sum([Run(0, """<UnitTestResult testName="A.B.C" outcome="Passed" />""")]));

    public void Dispose() => _folder.Delete(recursive: true);

    private TestRun Run(int exitCode, string results)
    {
        var file = Path.Combine(_folder.FullName, "X.Tests.exit");
        File.WriteAllText(file, $"{exitCode}\n");
        File.WriteAllText(Path.ChangeExtension(file, ".trx"),
            $"""<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>{results}</Results></TestRun>""");
        return TestRun.Read(file);
    }
}

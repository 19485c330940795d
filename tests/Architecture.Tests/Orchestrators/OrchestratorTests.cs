using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Architecture.Tests.Orchestrators;

public sealed class OrchestratorTests
{
    private static readonly DeterminismRules OfFixtures = new(typeof(BadOrchestrators).Assembly);

    public static TheoryData<string> Orchestrators { get; } =
        [.. House.Functions.GetTypes().SelectMany(type => type.GetMethods()).Where(IsOrchestrator).Select(method => $"{method.DeclaringType}.{method.Name}").Distinct()];

    [Theory]
    [MemberData(nameof(Orchestrators))]
    public void An_orchestrator_of_the_app_does_the_same_at_each_replay(string name)
    {
        var (type, method) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);

        var breaches = new DeterminismRules(House.Functions, House.Shared).BreachesOf(House.Functions.GetType(type, throwOnError: true)!.GetMethod(method)!);

        Assert.Empty(breaches.Distinct());
    }

    [Theory]
    [InlineData(nameof(BadOrchestrators.Now), "clock")]
    [InlineData(nameof(BadOrchestrators.Provided), "clock")]
    [InlineData(nameof(BadOrchestrators.Watched), "clock")]
    [InlineData(nameof(BadOrchestrators.Hidden), "clock")]
    [InlineData(nameof(BadOrchestrators.NewGuid), "guid")]
    [InlineData(nameof(BadOrchestrators.Chance), "random")]
    [InlineData(nameof(BadOrchestrators.Delayed), "delay")]
    [InlineData(nameof(BadOrchestrators.Slept), "delay")]
    [InlineData(nameof(BadOrchestrators.Ran), "other thread")]
    [InlineData(nameof(BadOrchestrators.Continued), "other thread")]
    [InlineData(nameof(BadOrchestrators.Configured), "ConfigureAwait")]
    [InlineData(nameof(BadOrchestrators.Read), "I/O")]
    [InlineData(nameof(BadOrchestrators.Requested), "I/O")]
    [InlineData(nameof(BadOrchestrators.Variable), "settings")]
    [InlineData(nameof(BadOrchestrators.Configuration), "settings")]
    [InlineData(nameof(BadOrchestrators.Counted), "static state")]
    [InlineData(nameof(BadOrchestrators.Logged), "logger")]
    [InlineData(nameof(BadOrchestrators.Tokened), "token")]
    [InlineData(nameof(BadOrchestrators.Bound), "binding")]
    [InlineData(nameof(BadOrchestrators.Looped), "endless history")]
    [InlineData(nameof(BadOrchestrators.LoopedOverFailures), "endless history")]
    public void A_bad_orchestrator_is_caught_by_its_rule_alone(string method, string rule) => Assert.Equal(
        rule, Assert.Single(OfFixtures.BreachesOf(typeof(BadOrchestrators).GetMethod(method)!).Select(breach => breach.Split(':')[0]).Distinct()));

    [Fact]
    public void An_injected_logger_is_caught() => Assert.StartsWith(
        "logger", OfFixtures.BreachesOf(typeof(BadOrchestrators.Injected).GetMethod(nameof(BadOrchestrators.Injected.Run))!).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData(nameof(GoodOrchestrator.RunAsync))]
    [InlineData(nameof(GoodOrchestrator.ForeverAsync))]
    public void A_good_orchestrator_breaks_no_rule(string method) =>
        Assert.Empty(OfFixtures.BreachesOf(typeof(GoodOrchestrator).GetMethod(method)!));

    private static bool IsOrchestrator(MethodInfo method) => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute)));
}

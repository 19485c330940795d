using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.LocalRuntime.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class RouteOverlapTests
{
    private static readonly RouteOverlap Overlap = new(
        new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider().GetRequiredService<ParameterPolicyFactory>());

    [Theory]
    [InlineData("campaigns", "Campaigns", true)]
    [InlineData("campaigns/{id}", "campaigns/{name}", true)]
    [InlineData("campaigns/{id}", "campaigns/summary", true)]
    [InlineData("campaigns/{id:guid}", "campaigns/summary", false)]
    [InlineData("campaigns/{id:guid}", "campaigns/{n:int}", false)]
    [InlineData("campaigns/{id:guid}", "campaigns/{id:guid}/prospects", false)]
    [InlineData("campaigns/{id:guid?}", "campaigns", true)]
    [InlineData("campaigns/{*rest}", "campaigns/{id:guid}/prospects", true)]
    [InlineData("files/{name}.{extension}", "files/list", false)]
    [InlineData("files/{name}.csv", "files/list.csv", true)]
    [InlineData("{a}/one", "two/{b}", true)]
    [InlineData("{a}/one", "{b}/two", false)]
    [InlineData("v{version:int}", "vision", false)]
    public void Templates_collide_where_one_path_matches_both(string one, string other, bool collide)
    {
        Assert.Equal(collide, Overlap.Collide(Route("A", one), Route("B", other)));
        Assert.Equal(collide, Overlap.Collide(Route("B", other), Route("A", one)));
    }

    [Fact]
    public void Templates_that_share_no_verb_never_collide()
    {
        Assert.False(Overlap.Collide(Route("A", "x", "GET"), Route("B", "x", "POST")));
        Assert.True(Overlap.Collide(Route("A", "x", "GET"), Route("B", "x")));
    }

    [Fact]
    public void The_one_catch_all_stands_behind_all_others()
    {
        Assert.False(Overlap.Collide(Route("A", "api/x"), Route("ZzzUnmatched", "api/{*path}")));
        Assert.True(Overlap.Collide(Route("A", "api/x"), Route("Unmatched", "api/{*path}")));
    }

    private static HttpRoute Route(string name, string template, params string[] methods)
    {
        var method = typeof(HttpFunctions.CatchAll).GetMethod(nameof(HttpFunctions.CatchAll.Run))!;
        var descriptor = new FunctionDescriptor
        {
            Definition = new LocalFunctionDefinition(name, method, OutputDeclaration.Of(method, method.ReturnType)),
            Method = method,
            TriggerAttribute = new HttpTriggerAttribute(methods),
            TriggerParameter = method.GetParameters()[0],
            ResultType = method.ReturnType,
            Outputs = OutputDeclaration.Of(method, method.ReturnType),
        };
        return new HttpRoute(descriptor, RoutePatternFactory.Parse(template), methods);
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Architecture.Tests.Il;

namespace ProspectOps.Architecture.Tests;

public sealed class FunctionTests
{
    // What the contract marks OUT: it depends on the provider or on the version, or needs a code generator on Azure.
    private static readonly string[] OutTypes = ["TaskOrchestrator`2", "TaskActivity`2", "DurableTaskAttribute", "EntityTriggerAttribute", "TaskEntity`1", "ContinueAsNewOptions", "TaskVersion"];
    private static readonly string[] OutMembers = ["RewindInstanceAsync", "GetOrchestrationHistoryAsync", "ListInstanceIdsAsync", "get_Entities"];

    [Fact]
    public void Nothing_is_async_void() => Assert.Empty(
        House.All.SelectMany(assembly => assembly.GetTypes()).SelectMany(Reach.MethodsOf).OfType<MethodInfo>()
            .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Fact]
    public void Every_http_trigger_states_its_level()
    {
        var triggers = House.Functions.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .SelectMany(parameter => parameter.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(HttpTriggerAttribute))
                .Select(attribute => (parameter.Member, Attribute: attribute)))
            .ToList();

        Assert.NotEmpty(triggers);
        Assert.Empty(triggers
            .Where(trigger => trigger.Attribute.ConstructorArguments is not [{ ArgumentType: var first }, ..] || first != typeof(AuthorizationLevel))
            .Select(trigger => $"{trigger.Member.DeclaringType}.{trigger.Member.Name}"));
    }

    [Fact]
    public void What_the_contract_marks_out_does_not_exist()
    {
        var types = House.LocalRuntime.SelectMany(assembly => assembly.GetExportedTypes()).ToList();

        Assert.Empty(types.Select(type => type.Name).Intersect(OutTypes, StringComparer.Ordinal));
        Assert.Empty(types.SelectMany(type => type.GetMethods()).Select(method => method.Name).Intersect(OutMembers, StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_uses_what_the_contract_marks_out() => Assert.Empty(
        new[] { House.Functions, House.Shared }.SelectMany(assembly => assembly.GetTypes()).SelectMany(Reach.MethodsOf).SelectMany(IlReader.MembersIn)
            .Where(use => OutMembers.Contains(use.Member.Name) && (use.Member.DeclaringType?.Namespace?.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal) ?? false))
            .Select(use => use.Member.Name));
}

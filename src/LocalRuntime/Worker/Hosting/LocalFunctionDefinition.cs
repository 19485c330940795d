using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

internal sealed class LocalFunctionDefinition(string name, MethodInfo method, OutputDeclaration outputs) : FunctionDefinition
{
    public override string Name => name;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public override string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToUpperInvariant())).AsSpan(0, 16));

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.HasDefaultValue ? p.DefaultValue : null))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        method.GetParameters()
            .Select(p => (p.Name, Attribute: p.GetCustomAttribute<BindingAttribute>()))
            .Where(p => p.Attribute is not null)
            .ToImmutableDictionary(p => p.Name!, p => (BindingMetadata)new LocalBindingMetadata(p.Name!, TypeOf(p.Attribute!), BindingDirection.In));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        OutputsOf(method, outputs).ToImmutableDictionary(output => output.Name, output => (BindingMetadata)output);

    private static IEnumerable<LocalBindingMetadata> OutputsOf(MethodInfo method, OutputDeclaration outputs)
    {
        if (method.GetParameters().Any(p => p.IsDefined(typeof(HttpTriggerAttribute))))
            yield return new LocalBindingMetadata(outputs.HttpResult?.Name ?? "$return", "http", BindingDirection.Out);
        else if (outputs.OnReturn is { } onReturn)
            yield return new LocalBindingMetadata("$return", OutputDeclaration.TypeOf(onReturn), BindingDirection.Out);
        foreach (var (property, attribute) in outputs.Properties)
            yield return new LocalBindingMetadata(property.Name, OutputDeclaration.TypeOf(attribute), BindingDirection.Out);
    }

    /// <summary><c>HttpTriggerAttribute</c> is <c>httpTrigger</c>: upstream names them so.</summary>
    private static string TypeOf(BindingAttribute attribute)
    {
        var name = attribute.GetType().Name;
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

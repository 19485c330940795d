using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Which converters are asked for a parameter, in which order. One instance of each type.</summary>
internal sealed class InputConverters(IOptions<WorkerOptions> options, IServiceProvider services)
{
    private readonly ConcurrentDictionary<Type, IInputConverter> _instances = [];

    /// <summary>Those asked for every parameter. The request comes before them where the web application is configured.</summary>
    public static void AddDefaults(InputConverterCollection converters)
    {
        converters.Register<FunctionContextConverter>();
        converters.Register<AssignableConverter>();
        converters.Register<ScalarConverter>();
        converters.Register<GuidConverter>();
        converters.Register<DateTimeConverter>();
        converters.Register<MemoryConverter>();
        converters.Register<StringToByteConverter>();
        converters.Register<JsonPocoConverter>();
        converters.Register<ArrayConverter>();
        converters.Register<CancellationTokenConverter>();
    }

    /// <summary>Those named on the parameter, on its type, on its binding attribute; then those of all parameters.</summary>
    public IInputConverter[] For(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var named = parameter.GetCustomAttributes<InputConverterAttribute>()
            .Concat(type.GetCustomAttributes<InputConverterAttribute>())
            .Concat(parameter.GetCustomAttributes<BindingAttribute>().SelectMany(binding => binding.GetType().GetCustomAttributes<InputConverterAttribute>()));
        return
        [
            .. named.Select(attribute => attribute.ConverterType)
                .Concat(options.Value.InputConverters)
                .Select(converter => _instances.GetOrAdd(converter, Create)),
        ];
    }

    private IInputConverter Create(Type converter) => (IInputConverter)ActivatorUtilities.CreateInstance(services, converter);
}

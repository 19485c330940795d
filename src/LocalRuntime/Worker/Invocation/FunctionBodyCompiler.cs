using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Converters;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Outputs;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>Turns a function into delegates at start, so that no call uses reflection.</summary>
internal sealed class FunctionBodyCompiler(
    IEnumerable<IParameterBinder> binders, IEnumerable<IOutputBinding> outputs, InputConverters converters)
{
    private readonly IParameterBinder[] _binders = [.. binders];
    private readonly IOutputBinding[] _outputs = [.. outputs];

    /// <exception cref="InvalidOperationException">A binder refuses a parameter, or the class has no usable constructor.</exception>
    public FunctionBody Compile(FunctionDescriptor function) => new(
        function.Method.IsStatic ? null : Activator(function),
        [.. function.Method.GetParameters().Select(parameter => ParameterBinding.Create(function, parameter, _binders, converters))],
        Call(function.Method),
        Unwrap(function.Method.ReturnType),
        FunctionOutputs.Compile(function, _outputs));

    private static Func<FunctionContext, object> Activator(FunctionDescriptor function)
    {
        var type = function.Method.ReflectedType!;
        if (type.IsAbstract)
            throw new InvalidOperationException($"Function '{function.Name}': {type} is abstract.");
        if (type.GetConstructors() is [{ } only] && only.GetParameters().Length == 0)
        {
            // Opens no scope for a class that asks for nothing.
            var create = Expression.Lambda<Func<object>>(Expression.New(only)).Compile();
            return _ => create();
        }
        var factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        return context => factory(context.InstanceServices, null);
    }

    private static Func<object?, object?[], object?> Call(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object[]));
        var typed = method.GetParameters().Select((p, i) =>
            (Expression)Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.ReflectedType!), method, typed);
        Expression body = method.ReturnType == typeof(void)
            ? Expression.Block(call, Expression.Constant(null))
            : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object?, object?[], object?>>(body, instance, arguments).Compile();
    }

    private static Func<Task, object?>? Unwrap(Type returned)
    {
        if (!typeof(Task).IsAssignableFrom(returned))
            return null;
        if (!returned.IsGenericType)
            return _ => null;
        var task = Expression.Parameter(typeof(Task));
        var result = Expression.Property(Expression.Convert(task, returned), nameof(Task<object>.Result));
        return Expression.Lambda<Func<Task, object?>>(Expression.Convert(result, typeof(object)), task).Compile();
    }
}

using Microsoft.Azure.Functions.Worker;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Keys;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>What a start shows: one line per function, in columns.</summary>
internal sealed class StartTable(FunctionKeys keys)
{
    private static readonly string[] Titles = ["Function", "Trigger", "Route, queue or schedule", "Access", "State"];

    /// <param name="describe">The route, queue or schedule of a function that runs.</param>
    public IReadOnlyList<string> Lines(IReadOnlyList<FunctionDescriptor> functions, Func<FunctionDescriptor, string> describe)
    {
        string[][] rows =
        [
            Titles,
            .. functions.Select(function => new[] { function.Name, TriggerOf(function), function.IsDisabled ? "" : describe(function), AccessTo(function), StateOf(function) }),
        ];
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }

    private static string TriggerOf(FunctionDescriptor function) =>
        function.Definition.InputBindings[function.TriggerParameter.Name!].Type.Replace("Trigger", "", StringComparison.Ordinal);

    private static string AccessTo(FunctionDescriptor function) =>
        function.TriggerAttribute is HttpTriggerAttribute http ? http.EffectiveLevel.ToString() : "";

    private string StateOf(FunctionDescriptor function)
    {
        if (function.IsDisabled)
            return $"disabled by AzureWebJobs.{function.Name}.Disabled";
        return function.TriggerAttribute is HttpTriggerAttribute http && !keys.CanBeCalled(function.Name, http.EffectiveLevel)
            ? $"closed: no key is set (LocalRuntime:Keys:{function.Name}, default or master)"
            : "on";
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Reads typed settings. A wrong one is noted and its default taken, so that the next one is looked at too.</summary>
/// <param name="path">Section that the keys lie in; empty for the root.</param>
/// <param name="place">Names a full key in messages, with the file or variable that it stands in.</param>
internal sealed class SettingReader(IConfiguration root, string path, Func<string, string> place, StartupProblems problems)
{
    public string? Text(string key) => root[Full(key)];

    public int Number(string key, int fallback, int least, int most = int.MaxValue) => Text(key) switch
    {
        null or "" => fallback,
        var text when int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
        var text => Refuse(key, text, most == int.MaxValue ? $"a number of {least} or more" : $"a number from {least} to {most}", fallback),
    };

    /// <summary>A limit of 1 or more, or -1 for none.</summary>
    public int Limit(string key) => Text(key) switch
    {
        null or "" or "-1" => -1,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 => value,
        var text => Refuse(key, text, "a number of 1 or more, or -1 for no limit", -1),
    };

    public TimeSpan Span(string key, TimeSpan fallback, TimeSpan least, TimeSpan most) => Text(key) switch
    {
        null or "" => fallback,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
        var text => Refuse(key, text, $"a time span (hh:mm:ss) from {least} to {most}", fallback),
    };

    public bool Flag(string key, bool fallback) => Text(key)?.ToUpperInvariant() switch
    {
        null or "" => fallback,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => Refuse(key, Text(key), "true or false", fallback),
    };

    public bool IsOneOf(string key, string text, params string[] choices) =>
        choices.Contains(text, StringComparer.OrdinalIgnoreCase) || Refuse(key, text, string.Join(" or ", choices), fallback: false);

    /// <returns>The fallback.</returns>
    public T Refuse<T>(string key, string? text, string rule, T fallback)
    {
        problems.Add($"{place(Full(key))} must be {rule}, not \"{text}\".");
        return fallback;
    }

    private string Full(string key) => path.Length == 0 ? key : $"{path}:{key}";
}

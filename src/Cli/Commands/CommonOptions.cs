using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProspectOps.Cli.Commands;

/// <summary>Options that several commands have, worded once.</summary>
internal static class CommonOptions
{
    public const string DataVariable = "PROSPECTOPS_DATA";

    public static Option<string> Data() => new("--data")
    {
        Description = $"The data folder. Default: .data in the checkout, or {DataVariable}.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder : Checkout.Find().DefaultDataFolder,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the data as the API has it, as JSON on one line; notes go to standard error." };

    /// <summary>Another app than the one of this checkout, for tests.</summary>
    public static Option<string?> App() => new("--app") { Hidden = true };

    public static Option<int> Number(string name, string helpName, int usual, int highest, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > highest)
                result.AddError($"{name} takes a number from 1 to {highest}, not '{text}'.");
            return number;
        },
    };

    public static Option<Uri?> HttpUrl(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result => Parse(result, name),
    };

    private static Uri? Parse(ArgumentResult result, string name)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        result.AddError($"{name} takes an http or https address, not '{text}'.");
        return null;
    }
}

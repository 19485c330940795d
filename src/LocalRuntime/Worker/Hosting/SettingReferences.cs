using System.Text;
using Microsoft.Extensions.Configuration;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>Replaces <c>%Setting%</c> in what binding attributes say by the setting's value.</summary>
internal sealed class SettingReferences(IConfiguration configuration)
{
    /// <exception cref="InvalidOperationException">A setting is missing, or a <c>%</c> is not closed.</exception>
    public string Resolve(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var parts = text.Split('%');
        if (parts.Length % 2 == 0)
            throw new InvalidOperationException($"'{text}' holds a '%' that is not closed.");

        var resolved = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i += 2)
        {
            var value = configuration[parts[i].Replace("__", ":", StringComparison.Ordinal)];
            resolved.Append(string.IsNullOrEmpty(value) ? throw new InvalidOperationException($"'%{parts[i]}%' names a setting that is not there.") : value);
            resolved.Append(parts[i + 1]);
        }
        return resolved.ToString();
    }
}

using System.Reflection;

namespace ProspectOps.Functions.Platform;

/// <summary>The app's version, without the commit that it was built from.</summary>
internal static class AppVersion
{
    public static string Text { get; } = typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

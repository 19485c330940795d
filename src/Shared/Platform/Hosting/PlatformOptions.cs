using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Platform.Hosting;

/// <summary>Section <c>Platform</c>.</summary>
public sealed class PlatformOptions
{
    /// <summary><c>local</c> on one machine, <c>cloud</c> (the default) anywhere else.</summary>
    [RegularExpression("local|cloud")]
    public string Mode { get; init; } = "cloud";

    /// <summary>Where a local installation keeps its secrets and its lock. Empty elsewhere.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Whether the app ends when its standard input closes: so the command line that started it leaves nothing behind, however it ends.</summary>
    public bool ExitWithParent { get; init; }
}

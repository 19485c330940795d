namespace ProspectOps.Content.Rules;

/// <summary>One thing that a good message does or leaves. Without state.</summary>
internal interface IQualityRule
{
    /// <summary>Stable, snake_case; documented in docs/content.md.</summary>
    string Id { get; }

    /// <summary>Points that a fault costs.</summary>
    int Weight { get; }

    /// <summary>What is wrong and how to mend it; null where nothing is.</summary>
    string? Check(CheckedMessage message);
}

using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>How one pipeline is to run; decided when it is asked for, and the same to its end.</summary>
public sealed record PipelineSettings
{
    public bool ValidateEmails { get; init; } = true;
    public bool SmtpProbe { get; init; }
    public IReadOnlyList<Tier> GenerateFor { get; init; } = [Tier.A, Tier.B];
    public int Steps { get; init; } = 4;
    public bool RequireApproval { get; init; }
    public decimal? BudgetUsd { get; init; }
    public BudgetAction OnBudgetExceeded { get; init; } = BudgetAction.Rules;
    public bool Deduplicate { get; init; } = true;
}

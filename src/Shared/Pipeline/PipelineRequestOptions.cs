using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>Options of a pipeline; what is left out has the default of <see cref="PipelineSettings"/>.</summary>
public sealed record PipelineRequestOptions
{
    public bool? ValidateEmails { get; init; }
    public bool? SmtpProbe { get; init; }
    public IReadOnlyList<Tier>? GenerateFor { get; init; }
    [Range(1, 10), DefaultValue(4)]
    public int? Steps { get; init; }
    public bool? RequireApproval { get; init; }
    public decimal? BudgetUsd { get; init; }
    public BudgetAction? OnBudgetExceeded { get; init; }
    public bool? Deduplicate { get; init; }
    public DeliverTo? DeliverTo { get; init; }
}

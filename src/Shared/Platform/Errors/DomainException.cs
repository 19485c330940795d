namespace ProspectOps.Platform.Errors;

/// <summary>Carries a <see cref="DomainError"/> to the edge, where one middleware answers it. Never for faults.</summary>
public sealed class DomainException(DomainError error) : Exception(error.Detail)
{
    public DomainError Error { get; } = error;
}

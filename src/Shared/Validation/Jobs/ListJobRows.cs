using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Jobs;

/// <summary>Addresses that came as a list.</summary>
internal sealed class ListJobRows(IReadOnlyList<string> emails) : IJobRows
{
    private int _index = -1;

    public IReadOnlyList<string> Header { get; } = ["email"];

    public string Email => emails[_index];

    public int Width => 1;

    public DomainError? BrokenOff => null;

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(++_index < emails.Count);
    }

    public string[] Cells() => [Email];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Jobs;

/// <summary>The rows of a job's input, one after the other.</summary>
internal interface IJobRows : IAsyncDisposable
{
    /// <summary>Names of the columns, as they came.</summary>
    IReadOnlyList<string> Header { get; }

    /// <summary>Goes to the next row; false at the end, and where the input breaks off.</summary>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The row's address, as it came; empty where it has none.</summary>
    string Email { get; }

    /// <summary>How many cells the row has.</summary>
    int Width { get; }

    /// <summary>Its cells, as they came.</summary>
    string[] Cells();

    /// <summary>Why not all could be read; null where all was.</summary>
    DomainError? BrokenOff { get; }
}

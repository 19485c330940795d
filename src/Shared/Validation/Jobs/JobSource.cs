namespace ProspectOps.Validation.Jobs;

/// <summary>Where a job's rows are.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Name">The blob's name, or the upload's id.</param>
/// <param name="Encoding">Of a file that came with the job, by its web name.</param>
public sealed record JobSource(string Kind, string Name, string? Encoding = null)
{
    /// <summary>A CSV file that came with the job.</summary>
    public const string File = "file";

    /// <summary>Addresses that came as JSON.</summary>
    public const string List = "list";

    /// <summary>A CSV file that was uploaded before.</summary>
    public const string Upload = "upload";
}

using System.Text.Json.Serialization;

namespace ProspectOps.Validation.Jobs;

/// <summary>What a job has to do next.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStep>))]
public enum JobStep
{
    /// <summary>The input is read, duplicates are found, chunks are cut.</summary>
    Intake,

    /// <summary>Chunks are checked.</summary>
    Chunks,

    /// <summary>It is over, and who listens has yet to be told.</summary>
    Announce,

    Over,
}

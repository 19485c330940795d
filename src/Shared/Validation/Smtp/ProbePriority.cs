namespace ProspectOps.Validation.Smtp;

/// <summary>Who waits for a mail server's answer.</summary>
public enum ProbePriority
{
    /// <summary>A list, whose addresses may wait for each other.</summary>
    Batch,

    /// <summary>Somebody who asked about one address.</summary>
    Interactive,
}

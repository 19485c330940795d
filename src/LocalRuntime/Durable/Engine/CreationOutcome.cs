namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>What became of the wish to create an instance.</summary>
internal enum CreationOutcome
{
    Created,

    /// <summary>The same task of the same parent has created it before.</summary>
    Mine,

    /// <summary>Another one has the id and has not ended.</summary>
    Taken,
}

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Why a request to the engine was refused.</summary>
internal enum DurableClientError
{
    /// <summary>An instance of that id has not ended.</summary>
    AlreadyExists,

    NotFound,

    /// <summary>The instance's status does not allow it.</summary>
    InvalidState,
}

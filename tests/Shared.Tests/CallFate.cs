namespace ProspectOps.Tests;

/// <summary>What becomes of a call to the store.</summary>
internal enum CallFate
{
    Arrives,

    /// <summary>It fails, and nothing is changed.</summary>
    Fails,

    /// <summary>It works, and the caller is told that it failed.</summary>
    FailsAfterIt,

    /// <summary>It works, its answer is lost, and the client asks again: the caller hears what the second time came to.</summary>
    IsAskedTwice,
}

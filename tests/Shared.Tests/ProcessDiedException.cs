namespace ProspectOps.Tests;

/// <summary>What a dead process would have thrown, had it lived.</summary>
internal sealed class ProcessDiedException() : Exception("The process died here.");

namespace ProspectOps.Tests;

/// <summary>A call to the store.</summary>
/// <param name="Place">The table or queue.</param>
/// <param name="Operation">Such as <c>replace</c>.</param>
/// <param name="Rows">Keys of the rows that it names.</param>
internal sealed record StorageCall(string Place, string Operation, IReadOnlyList<string> Rows);

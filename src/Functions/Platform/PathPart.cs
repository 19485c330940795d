namespace ProspectOps.Functions.Platform;

internal static class PathPart
{
    /// <summary>A part of the path with all its characters: the server undoes every escape but that of a slash, which an address may hold.</summary>
    public static string Unescaped(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}

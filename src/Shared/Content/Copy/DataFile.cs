namespace ProspectOps.Content.Copy;

/// <summary>A list that ships inside the assembly: one entry a line, <c>#</c> begins a comment.</summary>
internal static class DataFile
{
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(DataFile).Assembly.GetManifestResourceStream($"Content/Data/{name}")
            ?? throw new InvalidOperationException($"{name} is not part of this build.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}

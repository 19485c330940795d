namespace ProspectOps.Testing;

/// <summary>Where the checkout begins, seen from a test's output folder.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ProspectOps.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No ProspectOps.sln above {AppContext.BaseDirectory}.");
    }
}

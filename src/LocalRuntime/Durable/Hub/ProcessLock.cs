namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>A file locked by the kernel as long as this process lives. Whoever can lock it knows that the process is dead.</summary>
internal sealed class ProcessLock : IDisposable
{
    private readonly FileStream _file;

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="memberId">Names the file.</param>
    public ProcessLock(string folder, string memberId)
    {
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), $"durable-{memberId}.lock");
        _file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    /// <returns>Whether it is certain that the process is dead. A file that is not there, or on another machine, proves nothing.</returns>
    public static bool ProvesDeath(HubMember member)
    {
        if (member.Machine != Environment.MachineName || !File.Exists(member.LockFile))
            return false;
        try
        {
            using var file = new FileStream(member.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes what a dead process has left.</summary>
    public static void Remove(HubMember dead)
    {
        try
        {
            if (dead.Machine == Environment.MachineName && dead.LockFile.Length > 0)
                File.Delete(dead.LockFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty file is left.
        }
    }

    /// <summary>Unlocks it, and leaves it to those who look for it.</summary>
    public void Dispose() => _file.Dispose();
}

using System.Globalization;

namespace ProspectOps.Cli.Running;

/// <summary>One data folder: everything that a local platform keeps, and the notes by which commands find a running one.</summary>
internal sealed class DataFolder(string path)
{
    // EWOULDBLOCK: somebody else has the lock. Every other error, such as a full disk, is one.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Azurite => In("azurite");

    public string AzuritePid => System.IO.Path.Combine(Azurite, AzuriteProcess.PidFile);

    public string AppPid => In("app.pid");

    public string AppLog => In("logs", "app.log");

    public string KeyFile => In("api-key");

    private string AddressFile => In("address");

    private string UsersFile => In("up.users");

    private string LockFile => In("up.lock");

    // Beside the lock: nobody else can open a file that is locked.
    private string HolderFile => In("up.holder");

    /// <summary>Takes the folder for this process, or answers <see langword="null"/> while another one has it.</summary>
    /// <remarks>The kernel holds the lock and frees it however the process ends: no lock outlives a crash.</remarks>
    public IDisposable? TryLock(string command)
    {
        CreateFolder();
        if (TryOpen(LockFile, FileShare.None) is not { } folderLock)
            return null;
        Write(HolderFile, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {command}"));
        return folderLock;
    }

    /// <summary>Keeps the holder of the folder from taking its platform down; <see langword="null"/> while it is doing so.</summary>
    public IDisposable? TryUse() => TryOpen(UsersFile, FileShare.Read);

    /// <summary>Keeps others from using the platform; <see langword="null"/> while one of them does.</summary>
    public IDisposable? TryRetire() => TryOpen(UsersFile, FileShare.None);

    /// <summary>Who has the folder, for a message: "`./prospectops up` (process 123)".</summary>
    public string Holder()
    {
        var words = ReadOrNull(HolderFile)?.Split(' ', 2) ?? [];
        return words.Length == 2 ? $"`./prospectops {words[1]}` (process {words[0]})" : "another process";
    }

    /// <summary>Where the platform that holds the folder answers; <see langword="null"/> while it is still starting.</summary>
    public Uri? Address() => Uri.TryCreate(ReadOrNull(AddressFile), UriKind.Absolute, out var address) ? address : null;

    public void WriteAddress(Uri address) => Write(AddressFile, address.AbsoluteUri.TrimEnd('/'));

    public void ForgetAddress() => File.Delete(AddressFile);

    /// <summary>The key that the app made, or <see langword="null"/> where no app has run yet.</summary>
    /// <remarks>A copy or a restore may have opened the file to others: it is closed again.</remarks>
    public string? ApiKey()
    {
        if (ReadOrNull(KeyFile) is not { Length: > 0 } key)
            return null;
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(KeyFile) != OwnerOnly)
                File.SetUnixFileMode(KeyFile, OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // another user's: only they can close it
        }
        return key;
    }

    public void WriteAppPid(int processId) => Write(AppPid, processId.ToString(CultureInfo.InvariantCulture));

    public void ForgetAppPid() => File.Delete(AppPid);

    // On Unix, .NET takes the kernel's lock with the file: exclusive for None, shared for all else.
    private FileStream? TryOpen(string file, FileShare share)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException e) when (e.HResult is LockedOnLinux or LockedOnMac)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(Path);
            Directory.CreateDirectory(In("logs"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The data folder {Path} cannot be made: {Sentence(e)} Give another one: --data DIR.");
        }
    }

    private static string? ReadOrNull(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file} cannot be read: its owner alone may. Run this as that user, or reach the platform by --url and a key.");
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Readers see the old text or the new one, never half of it.
    private void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file + ".new", text + "\n");
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private CommandFailedException Unwritable(Exception e) => new($"The data folder {Path} cannot be written to: {Sentence(e)} Mend that, or give another one: --data DIR.");

    private static string Sentence(Exception e) => e.Message.EndsWith('.') ? e.Message : $"{e.Message}.";

    private string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}

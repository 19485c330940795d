using Microsoft.Extensions.Options;

namespace ProspectOps.Platform.Hosting;

/// <summary>The folder of a local installation. Its lock is the kernel's, so that a crash frees it and whoever holds it is alone: the owner before is dead.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly string? _path;
    private readonly FileStream? _lock;
    private readonly bool _isLocal;

    public DataFolder(IOptions<PlatformOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Value.DataFolder is not { Length: > 0 } path)
            return;
        _path = Path.GetFullPath(path);
        _isLocal = options.Value.Mode == "local";
        Directory.CreateDirectory(_path);
        try
        {
            _lock = new FileStream(Path.Combine(_path, "app.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"The data folder {_path} is in use by another ProspectOps. Stop that one, or set Platform:DataFolder to another folder.", e);
        }
    }

    /// <summary>Whether nobody else can be at work on the store. Elsewhere than on one machine others may share it, whatever folder each of them has.</summary>
    public bool ProvesSoleOwner => _lock is not null && _isLocal;

    public string? PathOf(string file) => _path is null ? null : Path.Combine(_path, file);

    /// <summary>A secret of this installation, made on its first use and readable by its owner alone.</summary>
    /// <exception cref="InvalidOperationException">There is no data folder, so the secret must be a setting.</exception>
    public string ReadOrMakeSecret(string file, Func<string> make)
    {
        var path = PathOf(file) ?? throw new InvalidOperationException($"There is no data folder to keep {file} in: set Platform:DataFolder, or give the secret as a setting.");
        return ReadOrMakeFile(path, make);
    }

    /// <inheritdoc cref="ReadOrMakeSecret"/>
    public static string ReadOrMakeFile(string path, Func<string> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } kept)
            return kept;
        var secret = make();
        // Written aside and moved, so that a crash leaves either no file or a whole one.
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.WriteLine(secret);
        File.Move(draft, path, overwrite: true);
        return secret;
    }

    public void Dispose() => _lock?.Dispose();
}

using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Commands;

/// <summary>A download that is out of sight until it is whole: whoever waits for the file never reads half of it.</summary>
internal static class WholeFile
{
    public static async Task DownloadAsync(ApiClient api, string path, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await using (var stream = File.Create(part))
                await api.DownloadAsync(path, stream, cancellationToken);
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file} cannot be written: {e.Message}");
        }
        finally
        {
            if (File.Exists(part))      // without its folder, deleting would fail and hide why
                File.Delete(part);
        }
    }
}

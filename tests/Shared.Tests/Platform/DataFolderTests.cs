using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Tests.Platform;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-folder-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("local", true)]
    [InlineData("cloud", false)]
    public void Folder_proves_only_on_one_machine_that_nobody_else_is_at_work(string mode, bool isAlone)
    {
        using var folder = new DataFolder(Options.Create(new PlatformOptions { Mode = mode, DataFolder = _folder.FullName }));

        Assert.Equal(isAlone, folder.ProvesSoleOwner);
    }
}

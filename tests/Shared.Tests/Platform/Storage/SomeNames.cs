namespace ProspectOps.Tests.Platform.Storage;

/// <summary>Names that no other test uses.</summary>
internal static class SomeNames
{
    public static string Table() => "t" + Guid.NewGuid().ToString("N");

    public static string Container() => "c" + Guid.NewGuid().ToString("N");

    public static string Queue() => "q" + Guid.NewGuid().ToString("N");
}

namespace ProspectOps.Cli;

/// <summary>The checkout that this command line was built in, and what it runs from there.</summary>
internal sealed class Checkout
{
    private Checkout(string root) => Root = root;

    public string Root { get; }

    public string AzuriteScript => Path.Combine(Root, "node_modules", "azurite", "dist", "src", "azurite.js");

    public string App => Path.Combine(Root, "src", "Functions", "bin", "Release", "net10.0", "ProspectOps.Functions.dll");

    public string DefaultDataFolder => Path.Combine(Root, ".data");

    /// <exception cref="CommandFailedException">The program was copied out of its checkout.</exception>
    public static Checkout Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProspectOps.sln")))
                return new Checkout(folder.FullName);
        }
        throw new CommandFailedException("This command line runs from its checkout: start it with ./prospectops.");
    }
}

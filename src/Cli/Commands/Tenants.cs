namespace ProspectOps.Cli.Commands;

/// <summary>Paths that may name a tenant.</summary>
internal static class Tenants
{
    public static string Path(string path, string? tenant) =>
        tenant is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}tenantId={Uri.EscapeDataString(tenant)}";
}

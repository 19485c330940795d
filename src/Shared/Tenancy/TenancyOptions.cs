namespace ProspectOps.Tenancy;

/// <summary>Section <c>Tenancy</c>.</summary>
public sealed class TenancyOptions
{
    /// <summary>Base64 of at least 32 bytes under which keys are hashed before they are stored. In local mode it is made once and kept in the data folder.</summary>
    public string? HashKey { get; init; }

    /// <summary>A file for the key of tenant <c>default</c>, made on the first start; its key is good from every start on. Local mode only.</summary>
    public string? BootstrapKeyFile { get; init; }
}

namespace ProspectOps.Platform.Secrets;

/// <summary>Section <c>Secrets</c>.</summary>
public sealed class SecretsOptions
{
    /// <summary>
    /// Keys that secrets are encrypted under before they are stored, each <c>name:base64 of 32 bytes</c>, divided by commas or spaces: the first encrypts, all
    /// decrypt. To rotate, put a new one first and keep the old one. In local mode one is made and kept in the data folder.
    /// </summary>
    public string? Keys { get; init; }
}

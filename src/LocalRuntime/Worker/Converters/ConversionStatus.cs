namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>What became of a conversion.</summary>
public enum ConversionStatus
{
    /// <summary>Not this converter's matter.</summary>
    Unhandled,

    Succeeded,

    Failed,
}

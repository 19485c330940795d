using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settings of the worker.</summary>
public class WorkerOptions
{
    /// <summary>Reads and writes message bodies and durable payloads. Default: System.Text.Json with the
    /// <see cref="System.Text.Json.JsonSerializerOptions"/> of the options system (case ignored when reading).</summary>
    public ObjectSerializer? Serializer { get; set; }

    /// <summary>Asked for every parameter, after those that a parameter, its type or its binding attribute names.</summary>
    public InputConverterCollection InputConverters { get; } = new();

    /// <summary>What the worker tells the Functions host that it can do. Here it is its own host, and nothing reads them.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>();
}

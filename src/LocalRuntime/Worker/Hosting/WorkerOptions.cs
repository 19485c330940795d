using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settings of the worker.</summary>
public class WorkerOptions
{
    /// <summary>Reads and writes message bodies and durable payloads. Default: System.Text.Json with the
    /// <see cref="System.Text.Json.JsonSerializerOptions"/> of the options system (case ignored when reading).</summary>
    public ObjectSerializer? Serializer { get; set; }
}

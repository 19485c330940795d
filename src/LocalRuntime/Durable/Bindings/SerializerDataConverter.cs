using System.Diagnostics.CodeAnalysis;
using Azure.Core.Serialization;
using Microsoft.DurableTask;

namespace ProspectOps.LocalRuntime.Durable.Bindings;

/// <summary>Durable payloads by the worker's own serializer. Null stays null and is not written as text.</summary>
internal sealed class SerializerDataConverter(ObjectSerializer serializer) : DataConverter
{
    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) =>
        value is null ? null : serializer.Serialize(value, value.GetType(), CancellationToken.None).ToString();

    [return: NotNullIfNotNull(nameof(data))]
    public override object? Deserialize(string? data, Type targetType)
    {
        if (data is null)
            return null;
        using var stream = BinaryData.FromString(data).ToStream();
        return serializer.Deserialize(stream, targetType, CancellationToken.None)!;
    }
}

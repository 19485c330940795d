using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>The properties of an entity class, with compiled accessors: found once per class.</summary>
internal sealed class EntityShape
{
    private static readonly ConcurrentDictionary<Type, EntityShape> Known = new();

    private EntityShape(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(IgnoreDataMemberAttribute)))
            .Where(property => property.Name is not (nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey)
                or nameof(ITableEntity.Timestamp) or nameof(ITableEntity.ETag)))
            .Select(property => new EntityProperty(property))
            .ToList();
        Written = [.. properties.Where(property => property.CanGet)];
        ByName = properties.Where(property => property.CanSet).ToDictionary(property => property.Name);
    }

    /// <summary>What is sent, beside the keys.</summary>
    public IReadOnlyList<EntityProperty> Written { get; }

    /// <summary>What is filled, beside keys, timestamp and version.</summary>
    public IReadOnlyDictionary<string, EntityProperty> ByName { get; }

    public static EntityShape Of(Type type) => Known.GetOrAdd(type, static type => new(type));
}

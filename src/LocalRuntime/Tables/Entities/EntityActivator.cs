using System.Linq.Expressions;

namespace Azure.Data.Tables;

/// <summary>Makes empty entities of a class.</summary>
internal static class EntityActivator<T> where T : class, ITableEntity
{
    private static readonly Func<int, T> Make = Maker();

    /// <summary>How to fill one; null for the dictionary.</summary>
    public static EntityShape? Shape { get; } = typeof(T) == typeof(TableEntity) ? null : EntityShape.Of(typeof(T));

    /// <param name="capacity">How many entries to expect.</param>
    public static T Create(int capacity) => Make(capacity);

    private static Func<int, T> Maker()
    {
        if (typeof(T) == typeof(TableEntity))
            return static capacity => (T)(ITableEntity)new TableEntity(capacity);
        if (typeof(T).GetConstructor(Type.EmptyTypes) is not { } constructor)
            return static _ => throw new MissingMethodException($"{typeof(T)} has no public constructor without parameters.");
        var make = Expression.Lambda<Func<T>>(Expression.New(constructor)).Compile();
        return _ => make();
    }
}

using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>One property of an entity class, under the name it has in the table.</summary>
internal sealed class EntityProperty
{
    private readonly Func<object, object?>? _get;
    private readonly Action<object, object?>? _set;
    private readonly Type _type;
    private readonly bool _takesNull;

    public EntityProperty(PropertyInfo property)
    {
        Name = property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _takesNull = !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;
        _get = property.GetMethod is { IsPublic: true } ? Getter(property) : null;
        _set = property.SetMethod is { IsPublic: true } ? Setter(property) : null;
    }

    public string Name { get; }

    public bool CanGet => _get is not null;

    public bool CanSet => _set is not null;

    /// <summary>The value as it is stored: an enum is its name.</summary>
    public object? Get(object entity)
    {
        var value = _get!(entity);
        return value is Enum name ? name.ToString() : value;
    }

    /// <summary>Fills the property from what was stored; an enum's unknown name leaves it as it is.</summary>
    /// <exception cref="InvalidOperationException">What was stored does not fit the property's type.</exception>
    public void Set(object entity, object? stored)
    {
        if (stored is null)
        {
            if (_takesNull)
                _set!(entity, null);
            return;
        }
        if (!_type.IsEnum)
            _set!(entity, Convert(stored));
        else if (stored is string name && Enum.TryParse(_type, name, out var value))
            _set!(entity, value);
    }

    private object Convert(object stored)
    {
        if (_type.IsInstanceOfType(stored))
            return stored;
        if (_type == typeof(DateTime) && stored is DateTimeOffset time)
            return time.UtcDateTime;
        if (_type == typeof(BinaryData) && stored is byte[] bytes)
            return new BinaryData(bytes);
        if (_type == typeof(double) && stored is int whole)
            return (double)whole;
        if (_type == typeof(long) && stored is int number)
            return (long)number;
        // A row written without annotations, by another tool: texts that the property's type can read.
        if (stored is string text)
        {
            if (_type == typeof(long) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed))
                return parsed;
            if (_type == typeof(Guid) && Guid.TryParse(text, out var id))
                return id;
            if (_type == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
                return moment;
        }
        throw new InvalidOperationException($"'{Name}' is stored as a {stored.GetType()} and cannot fill a {_type}.");
    }

    private static Func<object, object?> Getter(PropertyInfo property)
    {
        var entity = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(entity, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), entity).Compile();
    }

    private static Action<object, object?> Setter(PropertyInfo property)
    {
        var entity = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var assign = Expression.Assign(
            Expression.Property(Expression.Convert(entity, property.DeclaringType!), property), Expression.Convert(value, property.PropertyType));
        return Expression.Lambda<Action<object, object?>>(assign, entity, value).Compile();
    }
}

using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet.Iterators;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;

namespace ProspectOps.Content.Copy;

/// <summary>Lets Handlebars read the facts of a <see cref="Draft"/> by name, without reflection, and nothing else of it.</summary>
internal sealed class FactDescriptors : IObjectDescriptorProvider, IMemberAccessor
{
    private readonly ObjectDescriptor _descriptor;

    public FactDescriptors() =>
        _descriptor = new ObjectDescriptor(typeof(Draft), this, (_, _) => Array.Empty<object>(), _ => EmptyIterator());

    public bool TryGetDescriptor(Type type, [MaybeNullWhen(false)] out ObjectDescriptor value)
    {
        value = type == typeof(Draft) ? _descriptor : null;
        return value is not null;
    }

    public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
    {
        value = instance is Draft draft && FactSet.TryName(memberName.TrimmedValue, out var fact) ? draft.Facts[fact] : null;
        return value is not null;
    }

    private static IIterator EmptyIterator() => ObjectDescriptor.Empty.Iterator!;
}

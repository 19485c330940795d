namespace ProspectOps.Functions.OpenApi;

/// <summary>What a type is called in the API document: as people call the thing, without our suffixes.</summary>
internal static class SchemaNames
{
    private static readonly string[] Suffixes = ["View", "Request", "Body"];

    public static string Of(Type type, bool isInput)
    {
        var bare = Bare(type);
        var name = type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(argument => Without(Bare(argument)))) + Without(bare) : Without(bare);
        // What is sent is checked more strictly than what is answered, so it has a schema of its own.
        return isInput ? $"{name}Input" : name;
    }

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Without(string name) =>
        Suffixes.FirstOrDefault(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix ? name[..^suffix.Length] : name;
}

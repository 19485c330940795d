using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>What an instance id may look like.</summary>
internal static class InstanceId
{
    public const int LongestId = 256;

    /// <exception cref="ArgumentException">Empty, above 256 characters, with a leading <c>@</c>, or with a character that storage keys cannot hold.</exception>
    public static void Validate(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > LongestId)
            throw new ArgumentException($"An instance id has at most {LongestId} characters; '{id}' has {id.Length}.", nameof(id));
        if (id[0] == '@')
            throw new ArgumentException($"Instance ids with a leading '@' belong to entities: '{id}'.", nameof(id));
        if (id.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
            throw new ArgumentException($"An instance id holds no '/', '\\', '#', '?' and no control characters: '{id}'.", nameof(id));
        // Also where its characters have to be encoded it must fit a key.
        InstanceRows.Partition(id);
    }
}

namespace Azure.Data.Tables;

/// <summary>What a write does to the properties that it does not name.</summary>
public enum TableUpdateMode
{
    /// <summary>Keeps them. A null property is not sent, so merging cannot erase one.</summary>
    Merge = 0,

    /// <summary>Drops them.</summary>
    Replace = 1,
}

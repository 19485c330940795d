namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does to its row.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; fails with 409 EntityAlreadyExists.</summary>
    Add = 0,

    /// <summary>Merges into an existing row; honours the action's ETag.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces an existing row; honours the action's ETag.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes; unconditional where the action has no ETag.</summary>
    Delete = 3,

    /// <summary>Merges, or inserts what is missing.</summary>
    UpsertMerge = 4,

    /// <summary>Replaces, or inserts what is missing.</summary>
    UpsertReplace = 5,
}

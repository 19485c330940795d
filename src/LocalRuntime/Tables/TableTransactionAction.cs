namespace Azure.Data.Tables;

/// <summary>One action of <see cref="TableClient.SubmitTransactionAsync"/>.</summary>
public class TableTransactionAction
{
    /// <summary>An action without a condition.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity) : this(actionType, entity, default)
    {
    }

    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The row.</param>
    /// <param name="etag">The version that the row must have, for updates and deletions; the default asks for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entity"/> or one of its keys is null.</exception>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey, nameof(ITableEntity.PartitionKey));
        ArgumentNullException.ThrowIfNull(entity.RowKey, nameof(ITableEntity.RowKey));
        ActionType = actionType;
        Entity = entity;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The row.</summary>
    public ITableEntity Entity { get; }

    /// <summary>The version that the row must have; the default asks for none.</summary>
    public ETag ETag { get; }
}

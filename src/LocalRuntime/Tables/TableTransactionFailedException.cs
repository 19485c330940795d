using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused, so that none of its actions took place.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>The key under which the failed action's index travels in <see cref="Exception.Data"/>.</summary>
    internal const string FailedIndexKey = "FailedEntity";

    /// <summary>Takes over status, code, message and data of the refusal.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        foreach (var key in requestFailedException.Data.Keys)
            Data[key] = requestFailedException.Data[key];
        if (int.TryParse(Data[FailedIndexKey] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            FailedTransactionActionIndex = index;
    }

    /// <summary>Which action was refused, from 0; null where the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; internal set; }
}

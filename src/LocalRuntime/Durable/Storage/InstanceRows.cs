using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Keys and columns of the hub's table.</summary>
/// <remarks>
/// Partition = instance id (encoded). Rows: <c>i</c> the header, with the newest events; <c>h|{ordinal}|{seq}</c> older events, many a
/// row; <c>m|…</c> and <c>c|…</c> messages to take; <c>o|…</c> events to deliver. Partition <c>!unfinished</c>: one row an instance
/// that may have work left. Partitions <c>!ended|{day}</c>: see <see cref="EndedIndex"/>. Partition <c>!hub</c>: see <see cref="Hub.HubTable"/>.
/// </remarks>
internal static class InstanceRows
{
    public const string Header = "i";

    public const string UnfinishedPartition = "!unfinished";

    /// <summary>Characters a column: 60 KiB of UTF-16, under the service's 64. Longer payloads are blobs.</summary>
    public const int ColumnChars = 30_720;

    /// <summary>Columns of history a row: 480 KiB, under the service's 1 MiB also where every character has to be escaped.</summary>
    public const int HistoryColumns = 8;

    /// <summary>Columns that a listing without payloads asks for.</summary>
    public static readonly string[] SummaryColumns =
        ["PartitionKey", "RowKey", "Id", "Name", "Ordinal", "Status", "CreatedAt", "UpdatedAt", "StartAt", "Tags", "Failure", "Parent", "ParentName", "ParentOrdinal", "ParentTask", "ParentUse", "Partition", "ListKey"];

    private const string PlainCharacters = "-_.:;,|=~@$!* ";

    /// <summary>Ids may hold what keys may not, or what stores have been seen to mangle: those characters become <c>^</c> and four hex digits.</summary>
    /// <exception cref="ArgumentException">The key is above 512 characters.</exception>
    public static string Partition(string instanceId)
    {
        var plain = true;
        foreach (var character in instanceId)
            plain &= IsPlain(character);
        // '!' begins system partitions.
        if (plain && instanceId[0] != '!')
            return instanceId;

        var key = new StringBuilder(instanceId.Length + 16);
        foreach (var character in instanceId)
        {
            if (IsPlain(character) && (key.Length > 0 || character != '!'))
                key.Append(character);
            else
                key.Append(CultureInfo.InvariantCulture, $"^{(int)character:X4}");
        }
        return key.Length <= 512 ? key.ToString() : throw new ArgumentException($"The instance id '{instanceId}' is too long to be a storage key.", nameof(instanceId));
    }

    public static string HistoryKey(int ordinal, int sequence) => string.Create(CultureInfo.InvariantCulture, $"h|{ordinal:D8}|{sequence:D10}");

    /// <returns>The execution and sequence of a history row.</returns>
    public static (int Ordinal, int Sequence) ParseHistoryKey(string rowKey) =>
        (int.Parse(rowKey.AsSpan(2, 8), CultureInfo.InvariantCulture), int.Parse(rowKey.AsSpan(11), CultureInfo.InvariantCulture));

    public static TableEntity HistoryRow(string partition, int ordinal, int sequence, string events)
    {
        var row = new TableEntity(partition, HistoryKey(ordinal, sequence));
        for (var column = 0; column * ColumnChars < events.Length; column++)
            row[$"e{column}"] = events.Substring(column * ColumnChars, Math.Min(ColumnChars, events.Length - (column * ColumnChars)));
        return row;
    }

    public static string ReadHistory(TableEntity row) =>
        string.Concat(Enumerable.Range(0, HistoryColumns).Select(column => row.GetString($"e{column}")));

    public static TableEntity HeaderRow(string partition, InstanceHeader header, StoredPosition position, Guid commitId, string? inputBlob, string? outputBlob)
    {
        var row = new TableEntity(partition, Header)
        {
            ["Id"] = header.InstanceId,
            ["Name"] = header.Name,
            ["Ordinal"] = header.Ordinal,
            ["Status"] = header.Status.ToString(),
            ["CreatedAt"] = header.CreatedAt,
            ["UpdatedAt"] = header.UpdatedAt,
            ["Rows"] = position.SealedRows,
            ["Tail"] = position.Tail,
            ["HasBlobs"] = position.HasBlobs,
            ["Commit"] = commitId,
            ["Partition"] = header.Partition,
            ["ListKey"] = header.ListKey,
        };
        Set(row, "StartAt", header.StartAt);
        Set(row, "Tags", HistoryJson.WriteTags(header.Tags));
        Set(row, "Input", inputBlob is null ? header.Input : null);
        Set(row, "InputBlob", inputBlob);
        Set(row, "Output", outputBlob is null ? header.Output : null);
        Set(row, "OutputBlob", outputBlob);
        Set(row, "Custom", header.CustomStatus);
        Set(row, "Failure", HistoryJson.WriteFailure(header.Failure));
        if (header.Parent is { } parent)
        {
            row["Parent"] = parent.InstanceId;
            row["ParentName"] = parent.Name;
            row["ParentOrdinal"] = parent.Ordinal;
            row["ParentTask"] = parent.TaskId;
            Set(row, "ParentUse", parent.Use);
        }
        return row;
    }

    /// <summary>What the row itself says; payloads in blobs are left out.</summary>
    public static InstanceHeader ReadHeader(TableEntity row) => new()
    {
        InstanceId = row.GetString("Id")!,
        Name = row.GetString("Name")!,
        Ordinal = row.GetInt32("Ordinal") ?? 1,
        Status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString("Status")!),
        CreatedAt = row.GetDateTimeOffset("CreatedAt") ?? default,
        UpdatedAt = row.GetDateTimeOffset("UpdatedAt") ?? default,
        StartAt = row.GetDateTimeOffset("StartAt"),
        Tags = HistoryJson.ReadTags(row.GetString("Tags")),
        Input = row.GetString("Input"),
        Output = row.GetString("Output"),
        CustomStatus = row.GetString("Custom"),
        Failure = HistoryJson.ReadFailure(row.GetString("Failure")),
        Parent = row.GetString("Parent") is { } parent
            ? new ParentLink(parent, row.GetString("ParentName")!, row.GetInt32("ParentOrdinal") ?? 1, row.GetInt32("ParentTask") ?? 0, row.GetString("ParentUse"))
            : null,
        Partition = row.GetInt32("Partition") ?? 0,
        ListKey = row.GetString("ListKey") ?? row.PartitionKey,
    };

    public static StoredPosition ReadPosition(TableEntity row) => new()
    {
        ETag = row.ETag,
        Ordinal = row.GetInt32("Ordinal") ?? 1,
        SealedRows = row.GetInt32("Rows") ?? 0,
        Tail = row.GetString("Tail") ?? "",
        HasBlobs = row.GetBoolean("HasBlobs") ?? false,
    };

    public static TableEntity MessageRow(string partition, InboxMessage message, string? blob)
    {
        var row = new TableEntity(partition, message.Key) { ["Kind"] = message.Kind.ToString() };
        Set(row, "Name", message.Name);
        Set(row, "MessageId", message.MessageId);
        Set(row, "Use", message.Use);
        Set(row, "Payload", blob is null ? message.Payload : null);
        Set(row, "PayloadBlob", blob);
        return row;
    }

    public static TableEntity SentRow(string partition, OutboxMessage message, string? blob)
    {
        var row = new TableEntity(partition, message.Key) { ["MessageId"] = message.MessageId, ["Target"] = message.InstanceId, ["Name"] = message.Name };
        Set(row, "Payload", blob is null ? message.Payload : null);
        Set(row, "PayloadBlob", blob);
        return row;
    }

    private static void Set(TableEntity row, string column, object? value)
    {
        if (value is not null)
            row[column] = value;
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || PlainCharacters.Contains(character, StringComparison.Ordinal);
}

using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace ProspectOps.LocalRuntime.Tests.Tables;

/// <summary>A row as a class, with a property of each kind.</summary>
internal sealed class SomeEntity : ITableEntity
{
    public string PartitionKey { get; set; } = "";
    public string RowKey { get; set; } = "";
    public DateTimeOffset? Timestamp { get; set; }
    public ETag ETag { get; set; }

    public string? Text { get; set; }
    public int Int32 { get; set; }
    public long Int64 { get; set; }
    public double Double { get; set; }
    public bool Flag { get; set; }
    public Guid Id { get; set; }
    public DateTimeOffset Time { get; set; }
    public DateTime UtcTime { get; set; } = DateTime.UnixEpoch;
    public byte[]? Bytes { get; set; }
    public BinaryData? Data { get; set; }
    public DayOfWeek Day { get; set; }
    public long? MaybeInt64 { get; set; }
    public DayOfWeek? MaybeDay { get; set; }
    public double? MaybeDouble { get; init; }

    [IgnoreDataMember]
    public string Key => RowKey;

    [DataMember(Name = "renamed")]
    public string? Original { get; set; }
}

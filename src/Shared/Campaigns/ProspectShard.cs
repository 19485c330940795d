using System.Globalization;
using ProspectOps.Tenancy;

namespace ProspectOps.Campaigns;

/// <summary>One of the 16 partitions of a campaign's people. A person's key says which.</summary>
public readonly record struct ProspectShard
{
    public const int Count = 16;

    private ProspectShard(int number) => Number = number;

    public int Number { get; }

    public static IEnumerable<ProspectShard> All => Enumerable.Range(0, Count).Select(number => new ProspectShard(number));

    public static ProspectShard Of(int number) => number is >= 0 and < Count ? new ProspectShard(number) : throw new ArgumentOutOfRangeException(nameof(number));

    /// <summary>By the key's last character: 32 of them, all alike likely.</summary>
    public static ProspectShard OfKey(string prospectKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(prospectKey);
        return new ProspectShard(prospectKey[^1] % Count);
    }

    public string Partition(TenantId tenant, string campaignId) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{campaignId}|{Number:x1}");
}

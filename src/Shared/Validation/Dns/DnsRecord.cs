namespace ProspectOps.Validation.Dns;

/// <summary>A resource record; its data begins at <c>DataStart</c> of the message.</summary>
internal sealed record DnsRecord(string Owner, ushort Type, ushort Class, uint TimeToLive, int DataStart);

namespace ProspectOps.Validation.Dns;

/// <summary>The record types that finding a mail server takes (RFC 1035 §3.2.2, RFC 3596).</summary>
internal enum DnsRecordType : ushort
{
    A = 1,
    Cname = 5,
    Mx = 15,
    Aaaa = 28,
}

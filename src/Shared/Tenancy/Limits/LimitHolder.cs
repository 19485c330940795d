namespace ProspectOps.Tenancy.Limits;

/// <summary>What one process has told the others about its use of a key's limit.</summary>
/// <param name="At">When it last told, in Unix milliseconds.</param>
/// <param name="IsAlone">Whether it knew of no other, and so may use the whole limit without asking.</param>
/// <param name="Reserved">Requests that it may still let through before it tells again: others count them as used.</param>
/// <param name="Second">Unix second of the last of <paramref name="Counts"/>.</param>
/// <param name="Counts">Requests let through in each of the 60 seconds up to then, oldest first.</param>
internal sealed record LimitHolder(string Process, long At, bool IsAlone, int Reserved, long Second, int[] Counts)
{
    /// <summary>Requests in the 60 s up to a second.</summary>
    public int UsedAt(long second)
    {
        // Clocks of two machines differ: what lies ahead counts too.
        var aged = (int)Math.Clamp(second - Second, 0, Counts.Length);
        return Counts.AsSpan(aged).ToArray().Sum();
    }
}

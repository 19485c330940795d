using ProspectOps.Validation.Cache;

namespace ProspectOps.Validation.Jobs;

/// <summary>How a list is cut: waves of 20,000 different addresses in the list's order, each wave into chunks that have much in common.</summary>
/// <remarks>
/// What a chunk has in common is what it costs: without SMTP the buckets of the verdict cache, which are read as ranges and written
/// together; with SMTP the domains, so that a server is asked about many mailboxes in one session.
/// </remarks>
internal static class ChunkPlan
{
    /// <summary>Addresses whose results are held at once when they are put back into the list's order.</summary>
    public const int WaveSize = 20_000;

    private const int UsualSize = 200;

    /// <summary>50 to 1,000, a divisor of <see cref="WaveSize"/>: small enough to show progress and to lose little, large enough to cost few round trips.</summary>
    public static int SizeOf(long addresses, bool smtpProbe) => addresses switch
    {
        <= 5_000 => 50,
        // How long a mail server takes nobody knows.
        _ when smtpProbe => UsualSize,
        <= 20_000 => UsualSize,
        <= 200_000 => 500,
        _ => 1_000,
    };

    public static int WaveOf(int ordinal) => ordinal / WaveSize;

    /// <summary>Chunks of a wave, by number.</summary>
    public static Range ChunksOf(int wave, int chunkSize, int chunkCount)
    {
        var perWave = WaveSize / chunkSize;
        return (wave * perWave)..Math.Min((wave + 1) * perWave, chunkCount);
    }

    /// <summary>Cuts a wave.</summary>
    /// <param name="emails">Its addresses in the list's order, with how many rows each stands for.</param>
    public static IReadOnlyList<ChunkInput> Cut(IReadOnlyList<(string Email, int Rows)> emails, int chunkSize, bool smtpProbe)
    {
        var order = Enumerable.Range(0, emails.Count).ToArray();
        if (smtpProbe)
            Array.Sort(Array.ConvertAll(order, index => DomainOf(emails[index].Email)), order, StringComparer.Ordinal);
        else
            Array.Sort(Array.ConvertAll(order, index => MailboxOf(emails[index].Email)), order);
        return [.. order.Chunk(chunkSize).Select(part => new ChunkInput(
            part,
            Array.ConvertAll(part, index => emails[index].Email),
            Array.ConvertAll(part, index => emails[index].Rows)))];
    }

    private static string DomainOf(string email) => EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out _) ? address.Ascii : "";

    private static MailboxHash MailboxOf(string email) => EmailAddress.CanonicalOf(email) is { } canonical ? MailboxHash.Of(canonical) : default;
}

using System.Globalization;

namespace ProspectOps.Validation.Import;

/// <summary>Puts a vendor's words into ours. Pure.</summary>
/// <remarks>
/// Policy is never called undeliverable mail: who is a trap or complains (ZeroBounce's spamtrap, abuse, do_not_mail) gets the reason <c>do_not_mail</c>.
/// Scores stay below those of our own probes: somebody else asked, some time ago.
/// </remarks>
internal static class ForeignVerdicts
{
    private const int Good = 90;
    private const int Risky = 50;
    private const int Unknown = 45;
    private const int Bad = 3;

    // By the numbers that stand for them in email_status_int.
    private static readonly string[] NeverBounceWords = ["valid", "invalid", "disposable", "catchall", "unknown"];

    /// <returns>Null where the file says nothing that is known.</returns>
    public static ForeignVerdict? Read(ImportVendor vendor, VendorColumns columns, string[] cells)
    {
        var status = Word(columns.Text(cells, "status"));
        if (vendor == ImportVendor.NeverBounce && status is [>= '0' and <= '4'])
            status = NeverBounceWords[status[0] - '0'];
        var detail = Word(columns.Text(cells, "detail"));
        var disposable = columns.Flag(cells, "disposable") ?? (detail.Contains("disposable", StringComparison.Ordinal) || status is "disposable");
        var role = columns.Flag(cells, "role") ?? (detail.Contains("role_based", StringComparison.Ordinal) || detail.Contains("role_account", StringComparison.Ordinal));
        // A mailbox that ZeroBounce calls valid may have accept_all beside it.
        var acceptsAll = status is "catch_all" or "catchall" || detail.Contains("accept_all", StringComparison.Ordinal) || detail.Contains("catch_all", StringComparison.Ordinal);
        var catchAll = columns.Flag(cells, "catchAll") ?? (acceptsAll ? true : null);
        var found = vendor switch
        {
            ImportVendor.ZeroBounce => ZeroBounce(status, detail),
            ImportVendor.NeverBounce => NeverBounce(status),
            ImportVendor.Kickbox => Kickbox(status),
            ImportVendor.Reacher => Reacher(status),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (found is not var (verdict, score, policy))
            return null;
        if (verdict == Verdict.Risky && disposable)
            score = 15;
        if (vendor == ImportVendor.Kickbox && verdict is Verdict.Deliverable or Verdict.Risky && double.TryParse(columns.Text(cells, "score"), NumberStyles.Float, CultureInfo.InvariantCulture, out var sendex) && sendex is >= 0 and <= 1)
            score = Math.Clamp((int)Math.Round(sendex * 100), verdict == Verdict.Risky ? 10 : 60, verdict == Verdict.Risky ? 59 : Good);
        var reasons = new List<string>();
        if (policy)
            reasons.Add(ValidationReasons.DoNotMail);
        reasons.Add(ValidationReasons.Imported);
        if (disposable)
            reasons.Add(ValidationReasons.Disposable);
        if (role)
            reasons.Add(ValidationReasons.RoleAccount);
        return new ForeignVerdict(
            columns.Text(cells, "email"), verdict, score, reasons, catchAll, disposable, role, columns.Flag(cells, "free") ?? false,
            detail.Length > 0 ? $"{status}: {detail}" : status, Time(columns.Text(cells, "at")));
    }

    private static (Verdict, int, bool)? ZeroBounce(string status, string detail) => status switch
    {
        "valid" => (Verdict.Deliverable, Good, false),
        "invalid" => (Verdict.Undeliverable, Bad, false),
        "catch_all" => (Verdict.Risky, Risky, false),
        "spamtrap" or "abuse" => (Verdict.Undeliverable, Bad, true),
        // An office or a throw-away box takes mail; it is the vendor's advice not to send any.
        "do_not_mail" when detail.Contains("role_based", StringComparison.Ordinal) || detail == "disposable" => (Verdict.Risky, 40, false),
        "do_not_mail" => (Verdict.Undeliverable, Bad, true),
        "unknown" => (Verdict.Unknown, Unknown, false),
        _ => null,
    };

    private static (Verdict, int, bool)? NeverBounce(string status) => status switch
    {
        "valid" => (Verdict.Deliverable, Good, false),
        "invalid" => (Verdict.Undeliverable, Bad, false),
        "disposable" => (Verdict.Risky, 15, false),
        "catchall" or "catch_all" or "accept_all" => (Verdict.Risky, Risky, false),
        "unknown" => (Verdict.Unknown, Unknown, false),
        _ => null,
    };

    private static (Verdict, int, bool)? Kickbox(string status) => status switch
    {
        "deliverable" => (Verdict.Deliverable, Good, false),
        "undeliverable" => (Verdict.Undeliverable, Bad, false),
        "risky" => (Verdict.Risky, Risky, false),
        "unknown" => (Verdict.Unknown, Unknown, false),
        _ => null,
    };

    private static (Verdict, int, bool)? Reacher(string status) => status switch
    {
        "safe" => (Verdict.Deliverable, Good, false),
        "invalid" => (Verdict.Undeliverable, Bad, false),
        "risky" => (Verdict.Risky, Risky, false),
        "unknown" => (Verdict.Unknown, Unknown, false),
        _ => null,
    };

    private static string Word(string text) => text.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}

namespace ProspectOps.Validation.Smtp;

/// <summary>A reply (RFC 5321 §4.2) with its enhanced status code, if it has one (RFC 3463, RFC 2034).</summary>
/// <param name="Enhanced">As <c>5.1.1</c>; null where there is none.</param>
/// <param name="Text">The lines without their codes, in printable characters, at most 500 of them.</param>
internal sealed record SmtpReply(int Code, string? Enhanced, string Text)
{
    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>The server ends the session (RFC 5321 §3.8).</summary>
    public bool Closes => Code == 421;

    public override string ToString() => Enhanced is null ? $"{Code} {Text}" : $"{Code} {Enhanced} {Text}";
}

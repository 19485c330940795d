using System.Text.Json.Serialization;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Validation;

/// <summary>What the mail server said to RCPT, if it was asked.</summary>
/// <param name="Attempted">Whether a mail server was asked, or would have been, could it have been connected to.</param>
/// <param name="Accepted">True or false where it decided about the mailbox; null where it did not.</param>
/// <param name="Code">Its reply code.</param>
/// <param name="Message">Its words, with the enhanced status code.</param>
public sealed record SmtpCheck(
    bool Attempted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? Accepted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? CatchAll,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool? Greylisted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Message)
{
    public static SmtpCheck NotAttempted { get; } = new(false, null, null, null, null, null);

    internal static SmtpCheck Of(MailboxAnswer? answer) => answer is null or { State: MailboxState.NotAsked }
        ? NotAttempted
        : new(true, Decision(answer.State), answer.IsCatchAll, answer.State == MailboxState.Greylisted, answer.Code, answer.Message);

    private static bool? Decision(MailboxState state) => state switch
    {
        MailboxState.Accepted => true,
        MailboxState.NotFound or MailboxState.Disabled or MailboxState.Full or MailboxState.Rejected or MailboxState.NoMailHere or MailboxState.NeedsSmtpUtf8 => false,
        _ => null,
    };
}

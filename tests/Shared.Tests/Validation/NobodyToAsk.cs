using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation;

/// <summary>A machine from which no mail server can be asked.</summary>
internal sealed class NobodyToAsk : IMailboxProber
{
    public Task<bool> CanAskAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<IReadOnlyList<MailboxAnswer>> AskAsync(IReadOnlyList<MailboxQuestion> questions, ProbePriority priority, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MailboxAnswer>>(
            [.. questions.Select(_ => new MailboxAnswer(MailboxState.NotAsked, null, null, "Nobody is asked.", false, DateTimeOffset.UnixEpoch, TimeSpan.Zero))]);
}

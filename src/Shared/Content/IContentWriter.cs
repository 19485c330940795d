namespace ProspectOps.Content;

/// <summary>Writes to people: from templates, or by a model.</summary>
public interface IContentWriter
{
    /// <summary>One sequence a request, in the same order; requests of one call are a batch, whose messages are held against each other for sameness.</summary>
    /// <param name="steps">1 to 10 messages a person.</param>
    Task<IReadOnlyList<EmailSequence>> WriteSequencesAsync(IReadOnlyList<ContentRequest> batch, int steps, CancellationToken cancellationToken);

    Task<LinkedinMessage> WriteLinkedinAsync(ContentRequest request, LinkedinKind kind, CancellationToken cancellationToken);

    /// <param name="seconds">30 to 120.</param>
    Task<VideoScript> WriteVideoAsync(ContentRequest request, int seconds, CancellationToken cancellationToken);
}

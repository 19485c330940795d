using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ProspectOps.Content.Copy;
using ProspectOps.Content.Rules;
using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Content;

/// <summary>Writes by rules: from the templates that ship with the product, filled with what is known. Free, offline, and the same for the same input.</summary>
/// <remarks>Safe for several threads. How templates work is in docs/content.md, why in docs/adr/0015-content-from-templates.md.</remarks>
public sealed class TemplateWriter : IContentWriter
{
    private const string Source = "rules";

    private readonly ContentOptions _options;
    private readonly QualityGate _gate;
    private readonly EmailWriter _emails;
    private readonly LinkedinWriter _linkedin;
    private readonly VideoWriter _videos;

    /// <summary>A pack is one object for many people: its lines are cleaned once, and forgotten with it.</summary>
    private readonly ConditionalWeakTable<IndustryPack, PackLines> _lines = [];

    public TemplateWriter(IOptions<ContentOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _gate = QualityGate.For(_options);
        var templates = new TemplateLibrary();
        _emails = new(templates, _gate, _options);
        _linkedin = new(templates, _gate, _options);
        _videos = new(templates, _gate);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EmailSequence>> WriteSequencesAsync(IReadOnlyList<ContentRequest> batch, int steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (steps is < 1 or > EmailPlan.Longest)
            throw ContentErrors.OutOfRange("steps", 1, EmailPlan.Longest);

        // Tones first: a batch is refused as a whole, before anything of it is written.
        var tones = batch.Select(ToneOf).ToList();
        var sameness = new SamenessIndex();
        var sequences = new EmailSequence[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sequences[i] = new(_emails.Write(PersonOf(batch[i]), tones[i], steps, sameness), Source, Cached: false, ModelUsage.None);
        }

        return Task.FromResult<IReadOnlyList<EmailSequence>>(sequences);
    }

    /// <inheritdoc/>
    public Task<LinkedinMessage> WriteLinkedinAsync(ContentRequest request, LinkedinKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var (text, quality) = _linkedin.Write(PersonOf(request), ToneOf(request), kind);
        return Task.FromResult(new LinkedinMessage(text.Body, text.Body.Length, text.Evidence, quality, Source, Cached: false, ModelUsage.None));
    }

    /// <inheritdoc/>
    public Task<VideoScript> WriteVideoAsync(ContentRequest request, int seconds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (seconds is < VideoWriter.Shortest or > VideoWriter.Longest)
            throw ContentErrors.OutOfRange("seconds", VideoWriter.Shortest, VideoWriter.Longest);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_videos.Write(PersonOf(request), ToneOf(request), seconds));
    }

    private Person PersonOf(ContentRequest request) => new(request, _lines.GetValue(request.Pack, pack => new PackLines(pack)));

    private Tone ToneOf(ContentRequest request)
    {
        var language = request.Language?.Trim();
        if (!string.IsNullOrEmpty(language) && !language.Equals("en", StringComparison.OrdinalIgnoreCase) && !language.StartsWith("en-", StringComparison.OrdinalIgnoreCase))
            throw ContentErrors.LanguageNotAvailable();
        var tone = string.IsNullOrWhiteSpace(request.Tone) ? _options.Tone : request.Tone.Trim();
        foreach (var known in Enum.GetValues<Tone>())
        {
            if (known.ToString().Equals(tone, StringComparison.OrdinalIgnoreCase))
                return known;
        }

        throw ContentErrors.ToneUnknown(Enum.GetNames<Tone>().Select(name => name.ToLowerInvariant()));
    }
}

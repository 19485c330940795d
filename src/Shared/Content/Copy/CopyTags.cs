using System.Collections.Concurrent;
using HandlebarsDotNet;

namespace ProspectOps.Content.Copy;

/// <summary>The block tags that templates are written in; docs/content.md explains them to authors.</summary>
/// <remarks>
/// A place for a sentence (<c>say</c>, <c>subject</c>, <c>greeting</c>, <c>line</c>, <c>visual</c>) holds alternatives:
/// <c>claim "title company"</c> rests on the facts that it names and cannot be chosen without them; <c>plain</c> states nothing.
/// The facts that guard a claim are its evidence, so that the two cannot drift apart.
/// </remarks>
internal sealed class CopyTags
{
    private readonly ConcurrentDictionary<string, FactSet> _needs = new(StringComparer.Ordinal);

    public void Register(IHandlebars handlebars)
    {
        handlebars.RegisterHelper("subject", Slot(Part.Subject));
        handlebars.RegisterHelper("greeting", Slot(Part.Greeting));
        handlebars.RegisterHelper("say", Slot(null));
        handlebars.RegisterHelper("line", Slot(Part.Closing));
        handlebars.RegisterHelper("visual", Slot(Part.Visual));
        handlebars.RegisterHelper("p", (output, options, context, _) => Paragraph(Part.Body, output, options, context));
        handlebars.RegisterHelper("optout", (output, options, context, _) =>
        {
            if (DraftOf(context).AsksForOptOut)
                Paragraph(Part.OptOut, output, options, context);
        });
        handlebars.RegisterHelper("claim", (output, options, context, arguments) =>
        {
            var needs = Needs(arguments);
            Alternative(needs, needs, output, options, context, arguments);
        });
        // What a plain sentence names is a condition, such as a sender to sign for, and no evidence.
        handlebars.RegisterHelper("plain", (output, options, context, arguments) =>
            Alternative(Needs(arguments), default, output, options, context, arguments));
        handlebars.RegisterHelper("cap", Inline(Capital));
        handlebars.RegisterHelper("an", Inline(Article.With));
        handlebars.RegisterHelper("anCap", Inline(noun => Capital(Article.With(noun))));
    }

    private static HandlebarsHelper Inline(Func<string, string> change) => (output, _, arguments) =>
    {
        if (arguments[0] is string { Length: > 0 } text)
            output.WriteSafeString(change(text));
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static Draft DraftOf(Context context) => (Draft)context.Value!;

    private FactSet Needs(Arguments arguments) =>
        arguments.Length > 0 && arguments[0] is string names ? _needs.GetOrAdd(names, FactSet.Parse) : default;

    private static void Paragraph(Part part, EncodedTextWriter output, BlockHelperOptions options, Context context)
    {
        var draft = DraftOf(context);
        var before = draft.Part;
        draft.Part = part;
        draft.Paragraph++;
        options.Template(output, context);
        draft.Part = before;
    }

    private static HandlebarsBlockHelper Slot(Part? part) => (output, options, context, arguments) =>
    {
        var draft = DraftOf(context);
        var before = draft.Part;
        draft.Part = part ?? before;
        draft.BeginSlot(arguments.Length > 0 && arguments.Hash.TryGetValue("drop", out var drop) ? Convert.ToInt32(drop, null) : 0);
        options.Template(output, context);
        foreach (var alternative in draft.RankAlternatives())
        {
            draft.Want(alternative);
            options.Template(output, context);
            if (part is not Part.Subject || draft.KeepsSubject())
                break;
        }

        draft.Part = before;
    };

    private static void Alternative(FactSet needs, FactSet restsOn, EncodedTextWriter output, BlockHelperOptions options, Context context, Arguments arguments)
    {
        var draft = DraftOf(context);
        if (!draft.Offer(needs, !draft.IsCounting || Fits(draft, arguments)))
            return;
        draft.Add(options.Template(), restsOn);
    }

    private static bool Fits(Draft draft, Arguments arguments) =>
        arguments.Length == 0 || !arguments.Hash.TryGetValue("tone", out var tone)
        || string.Equals(draft.Tone.ToString(), tone as string, StringComparison.OrdinalIgnoreCase);
}

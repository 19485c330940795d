using HandlebarsDotNet;

namespace ProspectOps.Content.Copy;

/// <summary>One variant of a step.</summary>
internal sealed class CopyTemplate(string name, Lazy<HandlebarsTemplate<TextWriter, object, object>> compiled)
{
    public string Name { get; } = name;

    public void Write(Draft draft)
    {
        using var writer = new StringWriter(draft.Text, System.Globalization.CultureInfo.InvariantCulture);
        compiled.Value(writer, draft, null!);
        draft.Text.Clear();
    }
}

using HandlebarsDotNet;

namespace ProspectOps.Content.Copy;

/// <summary>One variant of a step.</summary>
internal sealed class CopyTemplate(string name, Lazy<HandlebarsTemplate<TextWriter, object, object>> compiled)
{
    public string Name { get; } = name;

    /// <summary>Fills the draft. The tags hand it each sentence; what Handlebars writes besides is the white space between them.</summary>
    public void Write(Draft draft) => compiled.Value(TextWriter.Null, draft, null!);
}

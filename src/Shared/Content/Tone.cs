namespace ProspectOps.Content;

/// <summary>How a message speaks.</summary>
internal enum Tone
{
    Direct,
    Friendly,
    Formal,
}

namespace ProspectOps.Content.Rules;

internal enum MessageKind
{
    Email,
    Linkedin,
    Video,
}

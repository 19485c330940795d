namespace ProspectOps.Content.Copy;

/// <summary>Where in a message a sentence stands.</summary>
internal enum Part
{
    Subject,
    Greeting,
    Body,
    OptOut,
    Closing,
    Visual,
}

namespace ProspectOps.Validation;

/// <summary>Why a text is no address.</summary>
/// <param name="Position">Zero-based, in UTF-16 units, of the character at fault; the text's length where something is missing.</param>
/// <param name="Rule">A code of <see cref="EmailSyntaxRule"/>.</param>
/// <param name="Message">One sentence for people; it repeats nothing of the address.</param>
public sealed record EmailSyntaxError(int Position, string Rule, string Message)
{
    /// <summary>The form that the API answers: <c>rule at position: message</c>.</summary>
    public override string ToString() => $"{Rule} at {Position}: {Message}";
}

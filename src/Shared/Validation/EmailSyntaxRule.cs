namespace ProspectOps.Validation;

/// <summary>The rules that an address can break: a closed list, part of the API's contract.</summary>
public static class EmailSyntaxRule
{
    /// <summary>There is no text.</summary>
    public const string Empty = "empty";

    /// <summary>No @ follows the local part (RFC 5321 §4.1.2, Mailbox).</summary>
    public const string NoAt = "no_at";

    /// <summary>A second @ outside quotes.</summary>
    public const string SecondAt = "second_at";

    /// <summary>Nothing stands before the @.</summary>
    public const string EmptyLocal = "empty_local";

    /// <summary>Nothing stands after the @.</summary>
    public const string EmptyDomain = "empty_domain";

    /// <summary>Over 64 octets in UTF-8 (RFC 5321 §4.5.3.1.1).</summary>
    public const string LocalTooLong = "local_too_long";

    /// <summary>Over 253 octets in its ASCII form (RFC 1035 §2.3.4: 255 with length octets).</summary>
    public const string DomainTooLong = "domain_too_long";

    /// <summary>A label over 63 octets in its ASCII form (RFC 1035 §2.3.4).</summary>
    public const string LabelTooLong = "label_too_long";

    /// <summary>Over 254 octets in all (RFC 5321 §4.5.3.1.3: a path of 256 with its brackets).</summary>
    public const string AddressTooLong = "address_too_long";

    /// <summary>The local part begins with a dot.</summary>
    public const string LeadingDot = "leading_dot";

    /// <summary>The local part ends with a dot.</summary>
    public const string TrailingDot = "trailing_dot";

    /// <summary>Two dots in a row in the local part.</summary>
    public const string ConsecutiveDots = "consecutive_dots";

    /// <summary>Two dots in a row in the domain, or one at its beginning or end.</summary>
    public const string EmptyLabel = "empty_label";

    /// <summary>A label begins or ends with a hyphen (RFC 1123 §2.1).</summary>
    public const string LabelHyphen = "label_hyphen";

    /// <summary>A domain that ends in a number: an IP address without its brackets (RFC 3696 §2).</summary>
    public const string NumericTopLevel = "numeric_top_level";

    /// <summary>A character that this place does not take.</summary>
    public const string Character = "character_not_allowed";

    /// <summary>A control character (C0, DEL, C1).</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>White space outside quotes; folding white space is for messages, not for mailboxes.</summary>
    public const string WhiteSpace = "white_space";

    /// <summary>A character that cannot be seen, such as a zero-width space: nearly always pasted by accident.</summary>
    public const string InvisibleCharacter = "invisible_character";

    /// <summary>Half of a UTF-16 surrogate pair.</summary>
    public const string UnpairedSurrogate = "unpaired_surrogate";

    /// <summary>A comment in parentheses: legal in a message's header (RFC 5322 §3.2.2), never in a mailbox (RFC 5321 §4.1.2).</summary>
    public const string Comment = "comment";

    /// <summary>Angle brackets, as around an address that has a name.</summary>
    public const string AngleBrackets = "angle_brackets";

    /// <summary>A quoted local part that does not end.</summary>
    public const string UnclosedQuote = "unclosed_quote";

    /// <summary>Something between the closing quote and the @, or a quote inside an unquoted local part.</summary>
    public const string MisplacedQuote = "misplaced_quote";

    /// <summary>A backslash before something that cannot be escaped, or at the end.</summary>
    public const string BadEscape = "bad_escape";

    /// <summary>An address literal that is neither <c>[1.2.3.4]</c> nor <c>[IPv6:…]</c> (RFC 5321 §4.1.3).</summary>
    public const string BadLiteral = "bad_literal";

    /// <summary>An international name that has no valid ASCII form (RFC 5890, 5891).</summary>
    public const string InvalidIdn = "invalid_idn";
}

namespace ProspectOps.Validation;

/// <summary>What to think of addresses at reserved domains such as <c>.example</c>.</summary>
public enum SpecialUseHandling
{
    /// <summary>Undeliverable: no mail can reach them. For real campaigns.</summary>
    Reject,

    /// <summary>Unknown, without asking DNS: for demonstrations and tests, whose people live there.</summary>
    Accept,
}

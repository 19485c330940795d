namespace Microsoft.Azure.Functions.Worker;

/// <summary>Who may call an HTTP function.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,

    /// <summary>Whoever holds a valid user token.</summary>
    User = 1,

    /// <summary>Whoever holds a function key, a host key or the master key.</summary>
    Function = 2,

    /// <summary>Whoever holds a system key.</summary>
    System = 3,

    /// <summary>Whoever holds the master key.</summary>
    Admin = 4,
}

namespace ProspectOps.Tenancy;

/// <summary>Who calls: made by <see cref="Gate"/> alone, so that a tenant's name in a request opens nothing.</summary>
public sealed class Caller
{
    internal Caller(KeyRecord key, string? address, string requestId) => (Key, Address, RequestId) = (key, address, requestId);

    public KeyRecord Key { get; }

    public TenantId Tenant => Key.Tenant;

    public string KeyId => Key.KeyId;

    public IReadOnlyList<string> Scopes => Key.Scopes;

    /// <summary>Where the request came from, if that is known.</summary>
    public string? Address { get; }

    public string RequestId { get; }

    /// <summary>The operator of this installation, with the right to administer it.</summary>
    public bool IsOperator(string neededScope) => Tenant.IsOperator && Scope.Allows(Scopes, neededScope);
}

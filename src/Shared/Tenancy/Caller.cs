namespace ProspectOps.Tenancy;

/// <summary>Who calls: made by authentication alone.</summary>
public sealed record Caller(TenantId Tenant, string KeyId, IReadOnlyList<string> Scopes)
{
    /// <summary>The operator of this installation, with the right to administer it.</summary>
    public bool IsOperator(string neededScope) => Tenant == TenantId.Default && Scope.Allows(Scopes, neededScope);
}

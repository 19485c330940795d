using System.Net;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Tenancy;

/// <summary>Lets a request in: whose key it is, whether the key may be used from there, whether its tenant is active. The one maker of a <see cref="Caller"/>.</summary>
public sealed class Gate(Authenticator authenticator, TenantDirectory tenants, KeyUse use, SignInFailures failures, TimeProvider clock)
{
    /// <summary>Who calls.</summary>
    /// <exception cref="DomainException"><c>api_key_missing</c>, <c>api_key_invalid</c>.</exception>
    public async ValueTask<Caller> IdentifyAsync(string? text, IPAddress? address, string? agent, string requestId, CancellationToken cancellationToken)
    {
        var (key, refusal) = await authenticator.SignInAsync(text, cancellationToken);
        // A tenant that is being deleted has no keys any more.
        if (refusal is null && await tenants.FindAsync(key!.Tenant, cancellationToken) is not { Status: not TenantStatus.Deleting })
        {
            // Nor a log to write to: it is being emptied.
            (key, refusal) = (null, TenancyErrors.KeyInvalid);
        }
        if (refusal is not null)
        {
            failures.Note(key, refusal.Code, address, requestId);
            throw new DomainException(refusal);
        }
        use.Note(key!, address, agent, clock.GetUtcNow());
        return new Caller(key!, address?.ToString(), requestId);
    }

    /// <summary>Whether who calls may do so now, from there, and this.</summary>
    /// <param name="scope">What is needed; empty for nothing but a key.</param>
    /// <exception cref="DomainException"><c>network_not_allowed</c>, <c>tenant_suspended</c>, <c>scope_missing</c>.</exception>
    public async ValueTask RequireAsync(Caller caller, string scope, IPAddress? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(scope);
        if (!AllowedNetwork.Allows(caller.Key.AllowedNetworks, address))
        {
            failures.Note(caller.Key, TenancyErrors.NetworkNotAllowed.Code, address, caller.RequestId);
            throw new DomainException(TenancyErrors.NetworkNotAllowed);
        }
        if (await tenants.FindAsync(caller.Tenant, cancellationToken) is { Status: TenantStatus.Suspended })
            throw new DomainException(TenancyErrors.TenantSuspended);
        if (scope.Length > 0 && !Scope.Allows(caller.Scopes, scope))
            throw new DomainException(TenancyErrors.ScopeMissing(scope));
    }
}

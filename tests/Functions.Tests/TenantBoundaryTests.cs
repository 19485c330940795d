using ProspectOps.Tenancy;
using ProspectOps.Testing;

namespace ProspectOps.Functions.Tests;

/// <summary>A request's tenant comes out of its key, and out of nothing else.</summary>
public sealed class TenantBoundaryTests
{
    // The operator's own functions, which name tenants; every one asks first whether it is the operator who calls.
    private static readonly string[] MayNameTenants = ["TenantsHttp.cs"];

    private static readonly string[] Makers = ["TenantId.Parse(", "TenantId.TryParse(", "TenantId.Default"];

    [Fact]
    public void Caller_cannot_be_made_outside_tenancy() => Assert.Empty(typeof(Caller).GetConstructors());

    [Fact]
    public void No_http_function_makes_a_tenant_out_of_text()
    {
        var making = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "Functions"), "*Http.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is var text && Makers.Any(maker => text.Contains(maker, StringComparison.Ordinal)))
            .Select(Path.GetFileName);

        Assert.Empty(making.Except(MayNameTenants));
    }
}

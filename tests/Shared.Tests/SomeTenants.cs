namespace ProspectOps.Tenancy;

/// <summary>Tests name tenants as they like.</summary>
internal static class SomeTenants
{
    extension(TenantId)
    {
        public static TenantId Parse(string text) => TenantId.Recorded(text);
    }
}

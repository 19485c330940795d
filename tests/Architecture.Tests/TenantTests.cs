using System.Reflection;
using ProspectOps.Architecture.Tests.Il;
using ProspectOps.Inbound;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Tenancy;

namespace ProspectOps.Architecture.Tests;

/// <summary>A store asks for a tenant, and a tenant comes out of authentication, out of what the app itself wrote, or out of the operator's mouth: by doors that are known. ADR 0043.</summary>
public sealed class TenantTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Each door, and who goes through it. A name is added where it is known why no tenant of a caller's choice gets through.</summary>
    private static readonly string[] Doors =
    [
        // Authentication: a key, or somebody else's signature, proved itself.
        "Gate makes a Caller",
        "InboundAuthenticator makes an InboundCaller",
        "InboundKeyStore: TenantId.Recorded",
        "KeyStore: TenantId.Recorded",
        // Rows of system tables, for timers and for the operator.
        "DueStore: TenantId.Recorded",
        "TenantDirectory: TenantId.Recorded",
        "TenantStore: TenantId.Recorded",
        // The states of our workflows, and the messages in our queues.
        "ChunkHandler: TenantId.TryRecorded",
        "ClayIntake: TenantId.TryRecorded",
        "CrmUploadHandler: TenantId.TryRecorded",
        "DeadChunks: TenantId.TryRecorded",
        "DeadLetterRecorder: TenantId.TryRecorded",
        "DeletionService: TenantId.Recorded",
        "DeliverBatchHandler: TenantId.TryRecorded",
        "EndpointWorkHandler: TenantId.TryRecorded",
        "IntakeHandler: TenantId.TryRecorded",
        "PipelineJob: TenantId.Recorded",
        "WorkflowService: TenantId.Recorded",
        // The audit log of who did it, out of the caller.
        "AuditLog: TenantId.TryRecorded",
        // The operator names a tenant, or makes one.
        "DeletionService: TenantId.TryNamed",
        "KeyService: TenantId.TryNamed",
        "TenantService: TenantId.New",
        "TenantService: TenantId.TryNamed",
        // The operator's own: the first key, what no tenant owns, and the beginning of a walk over all of them.
        "BootstrapKey: TenantId.Default",
        "DeadLetterRecorder: TenantId.Default",
        "DeletionStore: TenantId.Default",
        "KeyReminder: TenantId.Default",
        "RequestPurge: TenantId.Default",
        "SignInFailures: TenantId.Default",
        // Below Tenancy, it takes a partition: that of the caller.
        "Creations: IdempotencyStore.BeginAsync",
    ];

    /// <summary>What no tenant's name opens, because it is read before the tenant is known, for all of them, or belongs to none.</summary>
    private static readonly string[] WithoutTenant =
    [
        "ClayRowStore.TryWriteAsync",
        "DeletionStore.AddAsync",
        "DeletionStore.SaveAsync",
        // Rows that this store read, and was asked for with their tenant.
        "DeliveryStore.DeleteAsync",
        "DomainFactsStore.FindAsync",
        "DomainFactsStore.PutAsync",
        "DueStore.AddAsync",
        "DueStore.ExistsAsync",
        "DueStore.RemoveAsync",
        "DueStore.UntilAsync",
        "DueWatchStore.MayBeDueAsync",
        "DueWatchStore.SettleAsync",
        "DueWatchStore.TellAsync",
        "InboundKeyStore.FindAsync",
        // A JobSource names a blob that this store itself wrote for a tenant, or an upload, which is opened with its tenant.
        "JobInputStore.DropAsync",
        "JobInputStore.OpenFileAsync",
        "KeyStore.FindAsync",
        "QuotaStore.AnnouncedAsync",
        "QuotaStore.SettleNamedAsync",
        "TenantStore.ListAsync",
    ];

    // They answer whose an id is, whoever asks.
    private static readonly string[] SystemStores = [nameof(KeyStore), nameof(KeyDirectory), nameof(TenantStore), nameof(TenantDirectory), nameof(InboundKeyStore), "DueStore", "DueWatchStore"];

    [Fact]
    public void A_tenant_is_made_at_known_doors_alone() => AssertOnly(Doors, Calls().Select(call => DoorOf(call.Used) is { } door ? $"{call.User.Name}{door}" : null).OfType<string>());

    [Fact]
    public void No_door_is_open_to_functions()
    {
        var makers = typeof(TenantId).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(TenantId) || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(TenantId).MakeByRefType()));

        Assert.Empty(makers.Select(method => method.Name));
        Assert.Empty(typeof(TenantId).GetConstructors());
        Assert.Empty(typeof(Caller).GetConstructors());
        Assert.Empty(typeof(InboundCaller).GetConstructors());
        Assert.DoesNotContain(House.Shared.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>(), friend => friend.AssemblyName == House.Functions.GetName().Name);
    }

    [Fact]
    public void A_store_asks_for_the_tenant() => AssertOnly(WithoutTenant, House.Shared.GetTypes()
        .Where(type => type.Name.EndsWith("Store", StringComparison.Ordinal) && !type.Namespace!.StartsWith("ProspectOps.Platform", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(Declared))
        .Where(method => (method.IsPublic || method.IsAssembly) && !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose) && !method.GetParameters().Any(parameter => CarriesTenant(parameter.ParameterType, 2)))
        .Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));

    /// <summary>What answers whose an id is, is asked by services that compare it with the caller.</summary>
    [Fact]
    public void Functions_ask_no_store_whose_an_id_is() => AssertOnly(
        ["KeysHttp uses KeyStore"],
        House.Uses(House.Functions).Where(use => SystemStores.Contains(use.Used.Name)).Select(use => $"{use.User.Name} uses {use.Used.Name}"));

    /// <summary>A message or a workflow's state is believed: so none is made of what a request says.</summary>
    [Fact]
    public void Functions_make_nothing_that_names_its_tenant_in_text() => AssertOnly(
        ["DeleteTenantOrchestrator makes DeletionResult", "DeleteTenantOrchestrator makes DeletionStep"],
        Calls().Where(call => call.User.Assembly == House.Functions && call.Used is ConstructorInfo { DeclaringType: { } made } && made.Assembly == House.Shared
                && made.GetProperties().Any(property => property.Name is "Tenant" or "TenantId" && property.PropertyType == typeof(string)))
            .Select(call => $"{call.User.Name} makes {call.Used.DeclaringType!.Name}"));

    /// <summary>Else how long a refusal takes would tell how much of a secret was right.</summary>
    [Theory]
    [InlineData(typeof(KeyHasher), nameof(KeyHasher.Matches))]
    [InlineData(typeof(Platform.Signing.SignatureVerifier), nameof(Platform.Signing.SignatureVerifier.Token))]
    [InlineData(typeof(Platform.Signing.SignatureVerifier), nameof(Platform.Signing.SignatureVerifier.TimestampedHmac))]
    [InlineData(typeof(Platform.Signing.SignatureVerifier), nameof(Platform.Signing.SignatureVerifier.StandardWebhook))]
    public void Secrets_are_compared_in_the_same_time_whatever_differs(Type type, string method)
    {
        var used = new Reach([House.Shared]).From(type.GetMethod(method)!).Select(use => use.Member).ToList();

        Assert.Contains(used, member => member is { Name: "FixedTimeEquals", DeclaringType.Name: "CryptographicOperations" });
    }

    private static string? DoorOf(MethodBase called) => called switch
    {
        ConstructorInfo when called.DeclaringType == typeof(Caller) => " makes a Caller",
        ConstructorInfo when called.DeclaringType == typeof(InboundCaller) => " makes an InboundCaller",
        ConstructorInfo when called.DeclaringType!.Name == "CacheKey" => " makes a CacheKey",
        _ when called.DeclaringType == typeof(TenantId) && called is { IsStatic: true, IsAssembly: true } => $": TenantId.{called.Name.Replace("get_", "", StringComparison.Ordinal)}",
        _ when called.DeclaringType == typeof(IdempotencyStore) && called.Name == nameof(IdempotencyStore.BeginAsync) => ": IdempotencyStore.BeginAsync",
        _ => null,
    };

    private static IEnumerable<(Type User, MethodBase Used)> Calls() =>
        from assembly in new[] { House.Shared, House.Functions }
        from type in assembly.GetTypes()
        from method in Reach.MethodsOf(type)
        from use in IlReader.MembersIn(method)
        where use.Member is MethodBase
        let owner = House.OutermostOf(type)
        where owner != use.Member.DeclaringType
        select (owner, (MethodBase)use.Member);

    /// <summary>Whether it is a tenant, or something that was made for one.</summary>
    private static bool CarriesTenant(Type type, int depth)
    {
        if (type == typeof(TenantId))
            return true;
        if (depth == 0 || type == typeof(string) || type.IsPrimitive)
            return false;
        if (type.IsArray || type.IsGenericType)
            return (type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()).Any(inner => CarriesTenant(inner, depth));
        return type.Assembly == House.Shared && type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Any(property => CarriesTenant(property.PropertyType, depth - 1));
    }

    private static void AssertOnly(string[] known, IEnumerable<string> found)
    {
        var all = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(
            all.SequenceEqual(known.Order(StringComparer.Ordinal)), $"New: {string.Join(", ", all.Except(known))}. Gone, to be taken off the list: {string.Join(", ", known.Except(all))}.");
    }
}

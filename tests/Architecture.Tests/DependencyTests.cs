using ProspectOps.Platform.Storage;

namespace ProspectOps.Architecture.Tests;

/// <summary>Who may name what. docs/architecture.md says why.</summary>
public sealed class DependencyTests
{
    private const string Adapters = "ProspectOps.Platform.Storage";
    private static readonly Type[] Ports = [typeof(ITable), typeof(IQueue<>), typeof(IBlobs)];

    // Debts that are known. None may be added unseen; one that is paid must go from here.
    private static readonly string[] UsePortsStill =
    [
        "ChunkDispatcher",
        "ChunkHandler",
        "DeliveryReopening",
        "DeliveryScheduler",
        "DeliverySettlement",
        "DeliverySweeper",
        "EndpointHealth",
        "EndpointService",
        "EndpointWorkHandler",
        "ReplayService",
        "UploadService",
    ];

    // Likewise.
    private static readonly string[] UseForeignStoresStill =
    [
        "ChunkStep uses CampaignProspectStore",
        "ChunkStep uses RuleStore",
        "ClayInboundService uses CampaignProspectStore",
        "ClayIntake uses CampaignProspectStore",
        "ClayIntake uses CampaignStore",
        "ClayIntake uses WorkflowStore",
        "ClayPushStep uses WorkflowStore",
        "ClaySetup uses CampaignStore",
        "ClaySetup uses InboundKeyStore",
        "CrmCallback uses EndpointStore",
        "CrmCallback uses EventStore",
        "CrmConfigs uses InboundKeyStore",
        "DeliveryPlanner uses CampaignProspectStore",
        "DeliveryPlanner uses WorkflowStore",
        "DeliverySettlement uses CampaignProspectStore",
        "DeliverySettlement uses WorkflowStore",
        "JobCrmValidation uses JobInputStore",
        "PipelineService uses CampaignStore",
        "PipelineService uses EndpointStore",
        "PushPreparation uses CampaignProspectStore",
        "PushPreparation uses RuleStore",
        "PushPreparation uses WorkflowStore",
        "PushSending uses WorkflowStore",
        "StageStep uses CampaignProspectStore",
        "StageStep uses CampaignStore",
    ];

    [Fact]
    public void Shared_names_no_trigger_no_http_type_and_no_orchestration() => Assert.DoesNotContain(
        House.Shared.GetReferencedAssemblies(),
        name => name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Name is "ProspectOps.LocalRuntime.Worker" or "ProspectOps.LocalRuntime.Durable" or "ProspectOps.Functions");

    [Fact]
    public void The_runtime_names_neither_functions_nor_what_they_share() => Assert.DoesNotContain(
        House.LocalRuntime.SelectMany(assembly => assembly.GetReferencedAssemblies()), name => name.Name is "ProspectOps.Functions" or "ProspectOps.Shared");

    [Fact]
    public void Only_stores_use_the_storage_ports() => AssertOnly(
        UsePortsStill,
        Uses().Where(use => Ports.Contains(use.Used) && !IsPlatform(use.User) && !IsStore(use.User) && !IsRegistration(use.User))
            .Select(use => use.User.Name));

    [Fact]
    public void Only_the_adapters_use_the_storage_sdk() => Assert.Empty(
        Uses().Where(use => use.Used.Namespace is { } name
                && (name.StartsWith("Azure.Storage", StringComparison.Ordinal) || name.StartsWith("Azure.Data.Tables", StringComparison.Ordinal))
                && !(use.User.Namespace == Adapters && use.User.Name.StartsWith("Azure", StringComparison.Ordinal)))
            .Select(use => $"{use.User} uses {use.Used}"));

    [Fact]
    public void No_capability_uses_the_store_of_another() => AssertOnly(
        UseForeignStoresStill,
        Uses().Where(use => IsStore(use.Used) && !IsPlatform(use.Used) && use.Used.Assembly == House.Shared && !IsEverybodys(use.Used) && CapabilityOf(use.Used) != CapabilityOf(use.User))
            .Select(use => $"{use.User.Name} uses {use.Used.Name}"));

    private static void AssertOnly(string[] known, IEnumerable<string> found)
    {
        var all = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.SequenceEqual(known), $"New: {string.Join(", ", all.Except(known))}. Mended, to be taken off the list: {string.Join(", ", known.Except(all))}.");
    }

    private static IEnumerable<(Type User, Type Used)> Uses() => House.Uses(House.Shared).Concat(House.Uses(House.Functions));

    private static bool IsStore(Type type) => type.Name.Split('`')[0].EndsWith("Store", StringComparison.Ordinal);

    /// <summary>Table Due is what timers look at for all capabilities: each writes its own kind of row there.</summary>
    private static bool IsEverybodys(Type type) => type.Name == "DueStore";

    private static bool IsRegistration(Type type) => type.Name.EndsWith("Registration", StringComparison.Ordinal);

    private static bool IsPlatform(Type type) => CapabilityOf(type) == "Platform";

    /// <summary><c>ProspectOps.Webhooks.X</c> and <c>ProspectOps.Functions.Webhooks.X</c> are of Webhooks.</summary>
    private static string CapabilityOf(Type type)
    {
        var parts = (type.Namespace ?? "").Split('.');
        var at = parts.Length > 2 && parts[1] == "Functions" ? 2 : 1;
        return parts.Length > at ? parts[at] : "";
    }
}

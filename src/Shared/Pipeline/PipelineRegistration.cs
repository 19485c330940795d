using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.Pipeline;

public static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<WorkflowStore>();
        services.AddSingleton<WorkflowControls>();
        services.AddSingleton<ShardStore>();
        services.AddSingleton<ProspectRows>();
        services.AddSingleton<IntakeStep>();
        services.AddSingleton<ChunkStep>();
        services.AddSingleton<StageStep>();
        services.AddSingleton<PipelineService>();
        services.AddSingleton<WorkflowService>();
        return services;
    }
}

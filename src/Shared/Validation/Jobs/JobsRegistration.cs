using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Forecast;
using ProspectOps.Validation.Import;
using ProspectOps.Validation.Schedules;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Validation.Jobs;

public static class JobsRegistration
{
    /// <summary>Adds jobs and all that goes with them. After <c>AddValidation</c>, whose validator then honours suppressions and counts what it answers.</summary>
    public static IServiceCollection AddValidationJobs(this IServiceCollection services)
    {
        services.AddSingleton<SuppressionStore>();
        services.AddSingleton<SuppressionService>();
        services.AddSingleton<SuppressionFile>();
        var validator = services.Last(service => service.ServiceType == typeof(IEmailValidator)).ImplementationType
            ?? throw new InvalidOperationException("AddValidation comes first.");
        services.AddSingleton<IEmailValidator>(provider => ActivatorUtilities.CreateInstance<MeteringValidator>(
            provider, ActivatorUtilities.CreateInstance<SuppressingValidator>(provider, ActivatorUtilities.CreateInstance(provider, validator))));

        services.AddSingleton<JobStore>();
        services.AddSingleton<ChunkStore>();
        services.AddSingleton<JobInputStore>();
        services.AddSingleton<ChunkDispatcher>();
        services.AddSingleton<JobFinisher>();
        services.AddSingleton<JobService>();
        services.AddSingleton<JobSweeper>();
        services.AddSingleton<JobResults>();
        services.AddSingleton<IntakeHandler>();
        // Without memory: a list would push out what single checks have there, and find nothing twice.
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ChunkCheck>(provider, new ValidationCache(
            provider.GetRequiredService<ValidationCacheStore>(), Options.Create(new ValidationOptions { CacheMemoryEntries = 0 }), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<ChunkHandler>();
        services.AddSingleton<DeadChunks>();
        services.AddSingleton<ForecastService>();
        services.AddSingleton<ImportService>();
        services.AddSingleton<ScheduleStore>();
        services.AddSingleton<ScheduleService>();
        services.AddSingleton<ScheduleRunner>();
        return services;
    }
}

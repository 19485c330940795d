using System.Collections.Concurrent;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Research;

/// <summary>Builds agents, keeps them for 30 days, and gives them to analysis and content.</summary>
public sealed class AgentService(AgentStore store, IResearcher researcher, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);

    // What chunks of one pipeline ask for again and again.
    private readonly ConcurrentDictionary<(TenantId, string), (Agent Agent, long ReadAt)> _recent = new();

    public IReadOnlyList<(string Id, string Name)> Industries => researcher.Industries;

    public string Source => researcher.Source;

    public bool IsKnown(string? industry) => Industries.Any(known => known.Id == industry);

    /// <exception cref="DomainException"><c>industry_unknown</c>: a field of a body named it.</exception>
    public void RequireKnown(string? industry)
    {
        if (!IsKnown(industry))
            throw new DomainException(AgentErrors.IndustryUnknown(Industries.Select(known => known.Id)));
    }

    public async Task<IReadOnlyList<(string Id, string Name, AgentStatus Status)>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var agents = (await store.ListAsync(tenant, cancellationToken)).ToDictionary(agent => agent.Industry, agent => agent.Status);
        return [.. Industries.Select(industry => (industry.Id, industry.Name, agents.GetValueOrDefault(industry.Id, AgentStatus.Absent)))];
    }

    public Task<Agent?> FindAsync(TenantId tenant, string industry, CancellationToken cancellationToken) => store.FindAsync(tenant, industry, cancellationToken);

    /// <summary>Says that a build was begun, so that a reader sees it at once.</summary>
    /// <param name="since">When the build was asked for: one that is built since stays as it is.</param>
    public async Task MarkBuildingAsync(TenantId tenant, string industry, string? notes, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var agent = await store.FindAsync(tenant, industry, cancellationToken) ?? new Agent(industry, AgentStatus.Absent, researcher.Source, null, null, null, null, null);
        if (agent.BuiltAt >= since)
            return;
        await store.SaveAsync(tenant, agent with { Status = AgentStatus.Building, Notes = notes ?? agent.Notes, Error = null }, cancellationToken);
    }

    public async Task<Agent> BuildAsync(TenantId tenant, string industry, string? notes, CancellationToken cancellationToken)
    {
        try
        {
            var pack = await researcher.ResearchAsync(industry, notes, cancellationToken);
            var now = clock.GetUtcNow();
            var agent = new Agent(industry, AgentStatus.Ready, researcher.Source, now, now + FreshFor, null, notes, pack);
            await store.SaveAsync(tenant, agent, cancellationToken);
            _recent[(tenant, industry)] = (agent, clock.GetTimestamp());
            return agent;
        }
        catch (DomainException e)
        {
            await store.SaveAsync(tenant, new Agent(industry, AgentStatus.Failed, researcher.Source, null, null, e.Error.Detail, notes, null), cancellationToken);
            throw;
        }
    }

    /// <summary>The pack of a fresh agent, built first where there is none.</summary>
    public async ValueTask<IndustryPack> PackAsync(TenantId tenant, string industry, CancellationToken cancellationToken)
    {
        if (_recent.TryGetValue((tenant, industry), out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Agent.Pack!;
        var agent = await store.FindAsync(tenant, industry, cancellationToken);
        if (agent is null || !agent.IsFreshAt(clock.GetUtcNow()))
            agent = await BuildAsync(tenant, industry, agent?.Notes, cancellationToken);
        _recent[(tenant, industry)] = (agent, clock.GetTimestamp());
        return agent.Pack!;
    }
}

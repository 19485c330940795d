using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Functions.Platform;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

public sealed class AgentsHttp(AgentService agents, PipelineService pipeline, Creations creations, TimeProvider clock)
{
    private const int MostNotesCharacters = 10_000;

    [Function("BuildAgentStart")]
    [Requires("prospects:write")]
    [Operation("Researches an industry, unless that was done in the last 30 days.")]
    [Takes(typeof(BuildAgentRequest), Example = """{"industry":"casino","refresh":true}""")]
    [Idempotent]
    [Answers(200, typeof(AgentView), When = "The pack is fresh already, and `refresh` was not asked for.")]
    [Answers(202, typeof(AgentBuildView), When = "Research has begun.")]
    [Refuses("industry_unknown")]
    public async Task<IResult> BuildAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/build")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<BuildAgentRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var errors = new FieldErrors();
        errors.Require(body.Value.Industry is { Length: > 0 }, "industry", "must name an industry");
        errors.Require(body.Value.Notes is not { Length: > MostNotesCharacters }, "notes", $"must be at most {MostNotesCharacters} characters");
        errors.ThrowIfAny();
        agents.RequireKnown(body.Value.Industry);
        var industry = body.Value.Industry!;

        return await creations.OnceAsync(request, "agents/build", body, async seed =>
        {
            if (body.Value.Refresh != true && await agents.FindAsync(request.Tenant(), industry, cancellationToken) is { } fresh && fresh.IsFreshAt(clock.GetUtcNow()))
                return new IdempotentReply(200, null, Replies.Text(AgentView.Of(fresh)));
            var workflowId = await pipeline.StartAgentBuildAsync(request.Tenant(), industry, body.Value.Notes, seed, new DurableWorkflowClient(client), cancellationToken);
            var statusUrl = StartedView.UrlOf(workflowId);
            return new IdempotentReply(202, statusUrl, Replies.Text(new AgentBuildView(industry, workflowId, statusUrl)));
        }, cancellationToken);
    }

    [Function("GetAgentStatus")]
    [Requires("prospects:read")]
    [Operation("Says how far an industry's agent is.")]
    [Parameter("industry", "Id of an industry.", Example = "casino")]
    [Answers(200, typeof(AgentStatusView))]
    [Refuses("industry_not_found")]
    public async Task<IResult> StatusAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agents/{industry}/status")] HttpRequest request, string industry, CancellationToken cancellationToken)
    {
        RequireIndustry(industry);
        var agent = await agents.FindAsync(request.Tenant(), industry, cancellationToken)
            ?? new Agent(industry, AgentStatus.Absent, agents.Source, null, null, null, null, null);
        return Replies.Ok(AgentStatusView.Of(agent));
    }

    [Function("GetAgent")]
    [Requires("prospects:read")]
    [Operation("Answers an industry's research pack.")]
    [Parameter("industry", "Id of an industry.", Example = "casino")]
    [Answers(200, typeof(AgentView))]
    [Refuses("agent_not_found", "method_not_allowed")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agents/{industry}")] HttpRequest request, string industry, CancellationToken cancellationToken)
    {
        if (industry == "build")
            throw Reserved.PostOnly(request);
        if (!agents.IsKnown(industry) || await agents.FindAsync(request.Tenant(), industry, cancellationToken) is not { Pack: not null } agent)
            throw new DomainException(AgentErrors.NotFound(agents.IsKnown(industry) ? industry : "…"));
        return Replies.Ok(AgentView.Of(agent));
    }

    private void RequireIndustry(string industry)
    {
        if (!agents.IsKnown(industry))
            throw new DomainException(AgentErrors.IndustryNotFound(agents.Industries.Select(known => known.Id)));
    }
}

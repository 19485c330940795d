using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

public sealed class IndustriesHttp(AgentService agents)
{
    [Function("ListIndustries")]
    [Requires("prospects:read")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "industries")] HttpRequest request, CancellationToken cancellationToken)
    {
        var industries = await agents.ListAsync(request.Tenant(), cancellationToken);
        return Replies.Ok(new { items = industries.Select(industry => new { industry.Id, industry.Name, AgentStatus = industry.Status }) });
    }
}

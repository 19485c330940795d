using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

public sealed class IndustriesHttp(AgentService agents)
{
    [Function("ListIndustries")]
    [Requires("prospects:read")]
    [Operation("Lists the industries that can be researched.")]
    [Answers(200, typeof(IndustriesView))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "industries")] HttpRequest request, CancellationToken cancellationToken)
    {
        var industries = await agents.ListAsync(request.Tenant(), cancellationToken);
        return Replies.Ok(new IndustriesView([.. industries.Select(industry => new IndustryView(industry.Id, industry.Name, industry.Status))]));
    }
}

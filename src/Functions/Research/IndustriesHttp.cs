using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

public sealed class IndustriesHttp(AgentService agents, Paging paging)
{
    [Function("ListIndustries")]
    [Requires("prospects:read")]
    [Operation("Lists the industries that can be researched, by id.")]
    [Paged]
    [Answers(200, typeof(PageView<IndustryView>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "industries")] HttpRequest request, CancellationToken cancellationToken)
    {
        var industries = await agents.ListAsync(request.Tenant(), cancellationToken);
        return paging.ReplyPart(
            request, "industries", industries.OrderBy(industry => industry.Id, StringComparer.Ordinal).Select(industry => new IndustryView(industry.Id, industry.Name, industry.Status)), industry => industry.Id);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Campaigns;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Idempotency;
using ProspectOps.Prospects;
using ProspectOps.Research;

namespace ProspectOps.Functions.Campaigns;

public sealed class CampaignsHttp(CampaignStore campaigns, CampaignReader reader, AgentService agents, Creations creations, Paging paging, TimeProvider clock)
{
    private const string List = "campaigns";

    [Function("CreateCampaign")]
    [Requires("campaigns:write")]
    [Operation("Makes a campaign to fill later.")]
    [Takes(typeof(CreateCampaignRequest))]
    [Idempotent]
    [Answers(201, typeof(CampaignView))]
    [Refuses("industry_unknown")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaigns/create")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<CreateCampaignRequest>(request, JsonBody.UsualLimit, cancellationToken);
        var errors = new FieldErrors();
        errors.Require(body.Value.Name is { Length: <= 200 } name && !string.IsNullOrWhiteSpace(name), "name", "must be 1 to 200 characters");
        errors.Require(body.Value.Industry is { Length: > 0 }, "industry", "must name an industry");
        errors.Require(body.Value.Description is not { Length: > 2000 }, "description", "must be at most 2000 characters");
        errors.ThrowIfAny();
        agents.RequireKnown(body.Value.Industry);

        return await creations.OnceAsync(request, "campaigns/create", body, async seed =>
        {
            var campaign = new Campaign($"cmp_{seed}", body.Value.Name!, body.Value.Industry!, body.Value.Description, CampaignStatus.Draft, clock.GetUtcNow());
            await campaigns.AddAsync(request.Tenant(), campaign, cancellationToken);
            campaign = await reader.GetAsync(request.Tenant(), campaign.CampaignId, cancellationToken);
            return new IdempotentReply(201, $"/api/campaigns/{campaign.CampaignId}", Replies.Text(await ViewAsync(request, campaign, cancellationToken)));
        }, cancellationToken);
    }

    [Function("ListCampaigns")]
    [Requires("campaigns:read")]
    [Operation("Lists campaigns, newest first.")]
    [Paged]
    [Answers(200, typeof(PageView<CampaignView>))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (limit, after) = paging.Read(request, List);
        var found = await campaigns.ListAsync(request.Tenant(), after, limit + 1, cancellationToken);
        var views = await Task.WhenAll(found.Take(limit).Select(campaign => ViewAsync(request, campaign, cancellationToken)));
        return paging.Reply(request, List, views, found.Count > limit ? found[limit - 1].CampaignId : null);
    }

    [Function("GetCampaign")]
    [Requires("campaigns:read")]
    [Operation("Shows a campaign and its counts.")]
    [Answers(200, typeof(CampaignView))]
    [Refuses("campaign_not_found", "method_not_allowed")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        id == "create" ? throw Reserved.PostOnly(request) : Replies.Ok(await ViewAsync(request, await reader.GetAsync(request.Tenant(), id, cancellationToken), cancellationToken));

    [Function("ListCampaignProspects")]
    [Requires("campaigns:read")]
    [Operation("Lists a campaign's people of one tier, or all; best score first.")]
    [Parameter("tier", "Tier, or all.", OneOf = ["A", "B", "C", "D", "all"])]
    [Paged]
    [Answers(200, typeof(PageView<CampaignProspect>))]
    [Refuses("campaign_not_found")]
    public async Task<IResult> ProspectsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns/{id}/prospects/{tier}")] HttpRequest request, string id, string tier, CancellationToken cancellationToken)
    {
        Tier? wanted = tier.ToUpperInvariant() switch
        {
            "ALL" => null,
            "A" => Tier.A,
            "B" => Tier.B,
            "C" => Tier.C,
            "D" => Tier.D,
            _ => throw new DomainException(ApiErrors.QueryInvalid("tier", "must be A, B, C, D or all")),
        };
        var list = $"campaigns/{id}/prospects/{wanted}";
        var (limit, after) = paging.Read(request, list);
        await reader.GetAsync(request.Tenant(), id, cancellationToken);
        var page = await reader.PageAsync(request.Tenant(), id, wanted, after, limit + 1, cancellationToken);
        return paging.Reply(request, list, [.. page.Take(limit).Select(item => item.Person)], page.Count > limit ? page[limit - 1].Position : null);
    }

    private async Task<CampaignView> ViewAsync(HttpRequest request, Campaign campaign, CancellationToken cancellationToken) =>
        CampaignView.Of(campaign, await reader.CountsAsync(request.Tenant(), campaign.CampaignId, cancellationToken));
}

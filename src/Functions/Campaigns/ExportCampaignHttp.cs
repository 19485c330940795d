using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Campaigns;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Campaigns;

public sealed class ExportCampaignHttp(CampaignReader reader)
{
    [Function("ExportCampaign")]
    [Requires("campaigns:read")]
    [Operation("Answers a campaign's people as a file, for a spreadsheet or a sequencer.")]
    [Parameter("format", "Of the file; csv where none is named.", OneOf = ["csv", "jsonl", "instantly", "lemlist", "smartlead"])]
    [Answers(200)]
    [AnswersFile("text/csv", "application/x-ndjson")]
    [Refuses("campaign_not_found")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaigns/{id}/export")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var format = request.TextOf("format") ?? "csv";
        if (format != "jsonl" && !ExportColumns.IsKnown(format))
            throw new DomainException(ApiErrors.QueryInvalid("format", "must be csv, jsonl, instantly, lemlist or smartlead"));
        var campaign = await reader.GetAsync(request.Tenant(), id, cancellationToken);
        var people = reader.AllAsync(request.Tenant(), campaign.CampaignId, cancellationToken);
        if (format == "jsonl")
            return RowFile.JsonLines(campaign.CampaignId, people);
        var steps = ExportColumns.MostSteps;
        var columns = ExportColumns.Of(format, steps);
        return RowFile.Csv(campaign.CampaignId, people, [.. columns.Select(column => column.Name)], person => [.. columns.Select(column => column.Value(person))]);
    }
}

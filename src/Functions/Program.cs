using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProspectOps.Campaigns;
using ProspectOps.Clay;
using ProspectOps.Content;
using ProspectOps.Crm;
using ProspectOps.Functions;
using ProspectOps.Functions.Platform;
using ProspectOps.Inbound;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform;
using ProspectOps.Prospects;
using ProspectOps.Research;
using ProspectOps.Tenancy;
using ProspectOps.Validation;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ApiMiddleware>();
builder.Services
    .AddPlatform(builder.Configuration)
    .AddTenancy(builder.Configuration)
    .AddValidation(builder.Configuration)
    .AddValidationJobs()
    .AddResearch(builder.Configuration)
    .AddProspects()
    .AddContent(builder.Configuration)
    .AddCampaigns()
    .AddPipeline()
    .AddWebhooks(builder.Configuration)
    .AddOperations()
    .AddInbound()
    .AddClay(builder.Configuration)
    .AddCrm()
    .AddFunctions();

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Of(e) is { } reason)
{
    await Console.Error.WriteLineAsync($"Not started. {reason}");
    return 1;
}

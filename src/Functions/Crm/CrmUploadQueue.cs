using Microsoft.Azure.Functions.Worker;
using ProspectOps.Crm;

namespace ProspectOps.Functions.Crm;

public sealed class CrmUploadQueue(CrmUploadHandler handler)
{
    [Function("BringOnCrmUpload")]
    public Task RunAsync([QueueTrigger(CrmUploadMessage.Queue)] CrmUploadMessage message, CancellationToken cancellationToken) => handler.HandleAsync(message, cancellationToken);
}

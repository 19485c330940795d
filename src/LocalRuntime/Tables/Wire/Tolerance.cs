using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Statuses that a request expects beside success, so that neither logs nor traces count them as errors.</summary>
internal sealed class Tolerance(int status) : ResponseClassifier
{
    public static Tolerance OfMissing { get; } = new(404);

    public static Tolerance OfConflict { get; } = new(409);

    public override bool IsErrorResponse(HttpMessage message) => message.Response.Status != status && base.IsErrorResponse(message);
}

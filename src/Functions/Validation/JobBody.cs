using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>Body of <c>POST /validation/jobs</c>: either addresses or an upload. The rest may stand in the query too.</summary>
public sealed record JobBody(IReadOnlyList<string>? Emails, string? UploadId, DedupeMethod? Dedupe, bool? SmtpProbe, string? Column);

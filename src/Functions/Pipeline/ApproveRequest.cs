using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Functions.Pipeline;

public sealed record ApproveRequest([Required] bool? Approved, [Length(0, 2000)] string? Note);

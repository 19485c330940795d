using ProspectOps.Validation;

namespace ProspectOps.Functions.Crm;

/// <param name="FieldMapping">Our field to the CRM's name for it.</param>
/// <param name="RotateSecret">Makes a new key; the one before works for 24 more hours.</param>
public sealed record CrmConfigRequest(IReadOnlyDictionary<string, string>? FieldMapping, IReadOnlyList<string>? SendBack, IReadOnlyList<Verdict>? Verdicts, bool? RotateSecret);

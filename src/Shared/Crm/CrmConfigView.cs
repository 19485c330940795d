using ProspectOps.Validation;

namespace ProspectOps.Crm;

/// <summary>A CRM configuration as the API answers it.</summary>
/// <param name="Signing">Null before the first PUT.</param>
public sealed record CrmConfigView(IReadOnlyDictionary<string, string> FieldMapping, IReadOnlyList<string> SendBack, IReadOnlyList<Verdict> Verdicts, CrmSigning? Signing);

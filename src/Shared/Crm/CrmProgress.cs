namespace ProspectOps.Crm;

/// <summary>How far the checking of an upload is.</summary>
/// <param name="Next">When it is worth looking again; null once it is over.</param>
public sealed record CrmProgress(CrmUploadStatus Status, long Total, long Done, IReadOnlyDictionary<string, long> ByVerdict, TimeSpan? Next);

using ProspectOps.Prospects.Import;

namespace ProspectOps.Prospects.Uploads;

/// <summary>A file of people that was uploaded.</summary>
/// <param name="Rows">Data rows, the rejected ones too.</param>
/// <param name="Rejected">The first thousand; the pipeline's own list has all.</param>
public sealed record Upload(string UploadId, long Rows, IReadOnlyList<CsvColumn> Columns, long RejectedCount, IReadOnlyList<RejectedLine> Rejected);

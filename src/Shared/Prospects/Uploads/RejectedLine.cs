namespace ProspectOps.Prospects.Uploads;

public sealed record RejectedLine(int Line, string Reason);

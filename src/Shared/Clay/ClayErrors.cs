using ProspectOps.Platform.Errors;

namespace ProspectOps.Clay;

public static class ClayErrors
{
    public static DomainError NotConnected { get; } = new(ErrorKind.Conflict, "clay_not_connected", "The campaign has no Clay table to send its people to.")
    {
        Fix = "Set the table up with POST /api/clay/setup-tables, then name its webhook with PUT /api/clay/connection.",
    };

    public static DomainError ConnectionNotFound { get; } = new(ErrorKind.NotFound, "clay_connection_not_found", "No Clay table is connected.")
    {
        Fix = "Name its webhook with PUT /api/clay/connection.",
    };

    public static DomainError LimitReached(long limit) => new(ErrorKind.Conflict, "clay_limit_reached", $"The webhook has taken the {limit:#,0} rows of its life; Clay would drop what comes next without a word.")
    {
        Fix = "Make a new webhook source in the Clay table and give its URL to PUT /api/clay/connection.",
    };
}

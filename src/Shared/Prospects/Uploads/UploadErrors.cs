using ProspectOps.Platform.Errors;

namespace ProspectOps.Prospects.Uploads;

public static class UploadErrors
{
    public const long MostBytes = 100L * 1024 * 1024;

    public static DomainError TooLarge { get; } = new(ErrorKind.TooLarge, "upload_too_large", "The file is larger than 100 MiB.")
    {
        Fix = "Split the file, with the header in each part.",
    };

    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "upload_not_found", "There is no such upload.")
    {
        Fix = "Use an uploadId that POST /api/uploads answered.",
    };
}

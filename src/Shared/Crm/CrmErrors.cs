using ProspectOps.Platform.Errors;

namespace ProspectOps.Crm;

public static class CrmErrors
{
    public static DomainError UploadNotFound { get; } = new(ErrorKind.NotFound, "crm_upload_not_found", "There is no such upload of a CRM.")
    {
        Fix = "Use an uploadId that POST /api/crm/uploads answered.",
    };
}

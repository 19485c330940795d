using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed record MaintenanceWindowsBody(IReadOnlyList<MaintenanceWindow>? Windows);

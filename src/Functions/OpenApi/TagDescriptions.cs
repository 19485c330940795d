namespace ProspectOps.Functions.OpenApi;

/// <summary>What the API document says of each capability.</summary>
internal static class TagDescriptions
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Analytics"] = "What came of a campaign, in sums, rates and days.",
        ["Backups"] = "Copies of everything, and their way back.",
        ["Campaigns"] = "Campaigns, their people, and files of them.",
        ["Clay"] = "People to Clay and back.",
        ["Content"] = "What to write to one person or to many.",
        ["Crm"] = "Addresses that a CRM hands over to be checked.",
        ["OpenApi"] = "What this API is, for programs and for people.",
        ["Operations"] = "How the installation is.",
        ["Pipeline"] = "From a list of people to a delivered campaign, and everything else that takes its time.",
        ["Prospects"] = "Files of people, and what one is worth.",
        ["Research"] = "Industries, and the research pack of each.",
        ["Tenancy"] = "Tenants, keys, limits, audit and usage.",
        ["Tracking"] = "Opens, clicks, replies and unsubscriptions.",
        ["Validation"] = "Whether an address takes mail.",
        ["Webhooks"] = "Events, signed, to whoever listens.",
    };

    public static string Of(string tag) => Texts.TryGetValue(tag, out var text) ? text : throw new InvalidOperationException($"The API document has no words on {tag}.");
}

using ProspectOps.Research;

namespace ProspectOps.Tests.Content;

/// <summary>Packs as research writes them, small but real.</summary>
internal static class SomePacks
{
    private static readonly ScoringRubric Rubric = new(
        new Dictionary<string, int>(), new Dictionary<string, int>(), [], [], 0, new Dictionary<string, int>(), [], new Dictionary<string, int>(), 0);

    public static IndustryPack Casinos { get; } = new(
        "igaming",
        "Online gambling",
        "Licensed operators of online casinos and sports books.",
        "online casinos",
        [
            new("crm", "Head of CRM", ["crm", "retention", "vip", "loyalty"], "player retention and VIP revenue", ["churn", "reactivation"], ["bonus-abuse", "generic-messages", "silent-churn"]),
            new("compliance", "Compliance lead", ["compliance", "aml", "responsible gambling"], "licences and player protection", ["affordability"], ["audit-trail", "manual-kyc"]),
            new("chief", "Managing director", ["ceo", "managing director", "founder"], "growth in regulated markets", ["margin"], ["silent-churn", "bonus-abuse"]),
        ],
        [
            new("bonus-abuse", "Bonus hunters take the welcome offer and leave before the second deposit.", "bonus hunters who leave after the first deposit"),
            new("generic-messages", "Many players get the same message, whatever they play and however they are doing.", "campaigns that treat every player alike"),
            new("silent-churn", "Good players often stop without a complaint, and nobody notices for weeks.", "good players who leave without a word"),
            new("audit-trail", "Regulators ask why a player was contacted, and the answer sits in several systems.", "audit questions that take days to answer"),
            new("manual-kyc", "Checks done by hand keep honest players waiting.", "identity checks that still run by hand"),
        ],
        [
            new("new-market", "The operator enters a newly regulated market.", "entering a newly regulated market", ["licence", "new market", "ontario", "brazil"]),
            new("platform-move", "The operator changes its platform.", "moving to a new platform", ["migration", "replatforming"]),
            new("hiring-crm", "The operator hires for CRM.", "building up a CRM team", ["hiring", "open role"]),
        ],
        ["GGR", "NGR", "bonus cost", "first-time depositor"],
        [
            new("has-crm", "We already have a CRM platform", "Most operators do, and it stays. The question is who decides, each day, which player gets which message."),
            new("regulation", "Our compliance team would never allow it", "That is a fair concern, so every message can be checked against the rules of the market before it goes out."),
        ],
        [
            new("keep-new", "New players hear about the games they really play, while they still care.", "keep new players past their first month", ["bonus-abuse", "generic-messages"]),
            new("see-churn", "A short list each morning shows which good players are about to leave.", "notice good players before they leave", ["silent-churn"]),
            new("answer-audits", "Each contact with a player is kept with its reason, ready for an audit.", "answer audit questions in minutes", ["audit-trail", "manual-kyc"]),
        ],
        [
            new("gdpr-legitimate-interest", ["EU", "GB"], "Business contacts may be written to on legitimate interest; each message has to offer a way to opt out."),
            new("can-spam", ["US"], "Say who writes and honour refusals within ten days."),
        ],
        Rubric);

    public static IndustryPack Logistics { get; } = new(
        "logistics",
        "Freight and logistics",
        "Forwarders, carriers and warehouse operators.",
        "freight forwarders",
        [
            new("operations", "Head of operations", ["operations", "logistics", "supply chain"], "on-time delivery and cost per shipment", ["dwell time"], ["status-calls", "manual-quotes"]),
            new("sales", "Head of sales", ["sales", "commercial"], "new accounts and quote turnaround", ["spot rate"], ["manual-quotes"]),
        ],
        [
            new("status-calls", "Customers call to ask where their goods are, and somebody has to look it up.", "status calls that keep the desk busy"),
            new("manual-quotes", "A quote takes half a day because rates sit in spreadsheets.", "quotes that take half a day"),
        ],
        [
            new("new-lane", "The forwarder opens a new lane.", "opening a new lane", ["new lane", "new route"]),
        ],
        [],
        [
            new("too-small", "We are too small for another system", "Then it should not be one. The desk goes on working in its mailbox, and only the looking up is done for it."),
        ],
        [
            new("answer-status", "Most status questions are answered before the customer asks.", "answer status questions before they are asked", ["status-calls"]),
            new("quote-fast", "A quote goes out in minutes, from the rates that are already there.", "send quotes within minutes", ["manual-quotes"]),
        ],
        [],
        Rubric);

    /// <summary>As little as a pack can hold, as a model might write it.</summary>
    public static IndustryPack Bare { get; } = new(
        "dental", "Dental care", "Dental practices.", "dental practices", [],
        [new("no-shows", "Patients who do not turn up leave gaps in the day.", "patients who do not turn up.")],
        [], [], [],
        [new("fill-gaps", "Gaps are offered to patients who wait.", "fill gaps at short notice", [])],
        [], Rubric);
}

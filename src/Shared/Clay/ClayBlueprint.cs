namespace ProspectOps.Clay;

/// <summary>What a person needs to make a campaign's tables in Clay, whose own API cannot.</summary>
public sealed record ClayBlueprint(string CampaignId, IReadOnlyList<ClayTable> Tables, ClayInboundAddress Inbound, IReadOnlyList<string> Instructions)
{
    /// <summary>Column tokens of the people that we send, in the order of <see cref="PersonCells"/>.</summary>
    private static readonly string[] SentColumns =
        [PersonCells.PoRowId, "email", "first_name", "last_name", "title", "company", "company_domain", "employees", "country", "linkedin_url", "notes"];

    /// <summary>Pure.</summary>
    public static ClayBlueprint Of(string campaignId, string campaignName, ClayInboundAddress inbound)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        var pushed = $"ProspectOps: {campaignName}";
        var found = $"ProspectOps: new people for {campaignName}";
        return new ClayBlueprint(campaignId, [Pushed(pushed, inbound), Found(found, inbound)], inbound, Steps(pushed, found, inbound));
    }

    private static ClayTable Pushed(string name, ClayInboundAddress inbound) => new(
        name,
        [
            new(PersonCells.PoRowId, "text"), new("prospect_key", "text"), new("email", "email"), new("first_name", "text"), new("last_name", "text"), new("title", "text"), new("company", "text"),
            new("company_domain", "url"), new("employees", "number"), new("country", "text"), new("linkedin_url", "url"), new("notes", "text"), new("tier", "select"), new("score", "number"),
            new("full_name", "text", "[{{first_name}}, {{last_name}}].filter(Boolean).join(\" \").trim()"),
            new("clean_domain", "text", "({{company_domain}} || {{email}}?.split(\"@\")[1] || \"\").toLowerCase().trim()"),
            new("found_email", "email"), new("found_title", "text"), new("found_linkedin_url", "url"), new("research", "text"),
            new("ready", "checkbox", "!!({{found_email}} || {{found_title}} || {{found_linkedin_url}} || {{research}})"),
        ],
        HttpColumn(
            inbound,
            [
                (PersonCells.PoRowId, PersonCells.PoRowId), ("email", "found_email"), ("title", "found_title"), ("linkedin_url", "found_linkedin_url"), ("research", "research"),
            ],
            "{{po_row_id}} && {{ready}}"));

    private static ClayTable Found(string name, ClayInboundAddress inbound) => new(
        name,
        [
            .. SentColumns.Skip(1).Select(column => new ClayColumn(column, TypeOf(column))),
            new("ready", "checkbox", "!!({{email}} || {{linkedin_url}} || ({{last_name}} && {{company}}))"),
        ],
        HttpColumn(inbound, [.. SentColumns.Skip(1).Select(column => (column, column))], "{{ready}}"));

    private static ClayHttpColumn HttpColumn(ClayInboundAddress inbound, IReadOnlyList<(string Field, string Column)> fields, string runCondition) => new(
        "POST",
        inbound.Url,
        new Dictionary<string, string> { ["Content-Type"] = "application/json", [inbound.Header] = inbound.Token },
        $"{{\n{string.Join(",\n", fields.Select(field => $"  \"{field.Field}\": {{{{{field.Column}}}}}"))}\n}}",
        ["accepted", "updated", "rejected"],
        runCondition);

    private static string TypeOf(string column) => column switch { "email" => "email", "employees" => "number", "company_domain" or "linkedin_url" => "url", _ => "text" };

    private static string[] Steps(string pushed, string found, ClayInboundAddress inbound) =>
    [
        $"In Clay, make a workbook with a table called \"{pushed}\": + Add, Webhooks, Monitor webhook. Copy the URL of the webhook; where you switch its token on, copy that too: Clay shows it once.",
        "Tell ProspectOps of them: PUT /api/clay/connection with webhookUrl, authToken and this campaignId, or ./prospectops clay setup --campaign CAMPAIGN --webhook-url URL.",
        "Add the columns of tables[0] that have no formula as they are named, and those with a formula as columns of kind Formula. Send one person (POST /api/clay/push): Clay then offers to map the keys of the row to the columns.",
        "Between them add whatever enriches a person, and let it fill found_email, found_title, found_linkedin_url and research.",
        $"Last add a column of kind HTTP API with the settings of tables[0].httpColumn: method, endpoint, headers, body. Keep the keys of the body in quotes; the {{{{columns}}}} in it are picked from Clay's list and stand without quotes. Switch \"remove empty values\" on.",
        "Put the runCondition into \"Only run if\", and the returnPaths into the fields to return. A row goes back once it is ready, under the same po_row_id, and its person goes through the pipeline again with what was found.",
        $"For people whom ProspectOps does not know yet, make the table \"{found}\" of tables[1] in the same way, with any source of people.",
        $"The token for header {inbound.Header} is shown this once. Ask for another blueprint of the same campaign to get another; this one then works for 24 more hours.",
        "Clay takes 10 rows a second, 100 KB each, and 50,000 in the life of one webhook, after which it drops rows without a word. ProspectOps keeps to that and warns at 80 % and 90 %; then make a new webhook source and set the connection to it.",
        $"Clay has to reach {inbound.Url.GetLeftPart(UriPartial.Authority)} from the internet: behind a laptop or a firewall set Clay:PublicUrl to an address that leads here.",
    ];
}

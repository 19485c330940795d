using ProspectOps.Prospects;
using ProspectOps.Prospects.Scoring;
using ProspectOps.Tests.Research;

namespace ProspectOps.Tests.Prospects.Scoring;

public sealed class JobTitlesTests
{
    public static TheoryData<string, string, string?, string> Titles => new()
    {
        // industry, title, persona, level
        { "casino", "Head of CRM & VIP", "crm-retention", "director" },
        { "casino", "VIP Manager", "crm-retention", "manager" },
        { "casino", "CRM Executive", "crm-retention", "specialist" },
        { "casino", "Chief Marketing Officer (CMO)", "marketing-acquisition", "executive" },
        { "casino", "Affiliate Manager", "marketing-acquisition", "manager" },
        { "casino", "MLRO", "compliance", "manager" },
        { "casino", "Geldwäschebeauftragter", "compliance", "specialist" },
        { "casino", "Geldwaeschebeauftragter", "compliance", "specialist" },
        { "casino", "Director of Payments and Fraud", "payments-fraud", "director" },
        { "casino", "Casino Manager", "leadership", "manager" },
        { "casino", "Country Manager, Spain", "leadership", "director" },
        { "casino", "Croupier", null, "specialist" },
        { "saas", "CRO", "sales", "executive" },
        { "saas", "V.P. of Sales, EMEA", "sales", "director" },
        { "saas", "SVP Sales", "sales", "executive" },
        { "saas", "Account Executive", "sales", "specialist" },
        { "saas", "Enterprise Account Executive", "sales", "specialist" },
        { "saas", "Vertriebsleiter DACH", "sales", "director" },
        { "saas", "Leiterin Vertrieb (m/w/d)", "sales", "director" },
        { "saas", "Directeur commercial", "sales", "director" },
        { "saas", "RevOps Lead", "revops", "manager" },
        { "saas", "Head of Go-to-Market Operations", "revops", "director" },
        { "saas", "Lead Generation Specialist", null, "specialist" },
        { "saas", "Co-Founder & CEO", "leadership", "executive" },
        { "saas", "Gründer und Geschäftsführer", "leadership", "executive" },
        { "saas", "Geschaeftsfuehrerin", "leadership", "executive" },
        { "saas", "GESCHÄFTSFÜHRER", "leadership", "executive" },
        { "saas", "Product Owner", null, "specialist" },
        { "saas", "Customer Success Manager", "customer-success", "manager" },
        { "saas", "Former CEO, now Advisor", null, "specialist" },
        { "saas", "CEO (former), Head of Sales", "sales", "director" },
        { "saas", "ex-CRO | RevOps consultant", "revops", "specialist" },
        { "saas", "Executive Assistant to the CEO", null, "specialist" },
        { "saas", "Assistant to the CEO", null, "specialist" },
        { "saas", "EA to CEO & CFO", null, "specialist" },
        { "saas", "Assistenz der Geschäftsführung", null, "specialist" },
        { "saas", "Assistante de direction", null, "specialist" },
        { "saas", "Advisor to the CEO", null, "specialist" },
        { "saas", "Office of the CEO", null, "specialist" },
        { "saas", "Chief of Staff to the CEO", null, "director" },
        { "saas", "Sales Intern", "sales", "specialist" },
        { "saas", "Werkstudent Marketing", "marketing", "specialist" },
        { "saas", "HR Business Partner", null, "specialist" },
        { "saas", "Non-Executive Director", null, "director" },
        { "saas", "VP Marketing at Salesforce Administrator Inc", "marketing", "director" },
        { "logistics", "COO", "operations", "executive" },
        { "logistics", "Disponent Fernverkehr", "operations", "specialist" },
        { "logistics", "Fuhrparkleiter", "operations", "director" },
        { "logistics", "Lagerleiter", "warehouse", "director" },
        { "logistics", "Schichtleiter Lager", "warehouse", "manager" },
        { "logistics", "Responsable logistique", "supply-chain", "manager" },
        { "logistics", "Jefe de almacén", "warehouse", "manager" },
        { "logistics", "Inhaber", "leadership", "executive" },
        { "logistics", "Customs Broker", "freight-forwarding", "specialist" },
        { "manufacturing", "Plant Manager", "plant-operations", "director" },
        { "manufacturing", "Werksleiter", "plant-operations", "director" },
        { "manufacturing", "Leiter Instandhaltung", "maintenance", "director" },
        { "manufacturing", "Directeur d'usine", "plant-operations", "director" },
        { "manufacturing", "Director general", "leadership", "executive" },
        { "manufacturing", "Qualitätsleiter", "quality", "director" },
        { "manufacturing", "Teamleiter Einkauf", "supply-purchasing", "manager" },
        { "healthcare", "Chief Nursing Officer", "nursing", "executive" },
        { "healthcare", "Chefarzt", "clinical", "specialist" },
        { "healthcare", "Pflegedienstleitung", "nursing", "director" },
        { "healthcare", "Practice Manager", "operations", "manager" },
        { "healthcare", "CMIO", "it-digital", "executive" },
        { "fintech", "Chief Risk Officer", "risk-fraud", "executive" },
        { "fintech", "Compliance Officer", "compliance", "specialist" },
        { "fintech", "Assistant Vice President, Fraud", "risk-fraud", "manager" },
        { "ecommerce", "Head of E-Commerce", "ecommerce", "director" },
        { "ecommerce", "Social Media Manager", null, "specialist" },
        { "ecommerce", "Gérante", null, "executive" },
        { "real-estate", "Managing Broker", "brokerage", "director" },
        { "real-estate", "Managing Partner", "leadership", "executive" },
        { "real-estate", "Property Manager", "property-management", "manager" },
        { "education", "Vice-Chancellor", "leadership", "executive" },
        { "education", "Superintendent of Schools", "school-leadership", "executive" },
        { "education", "Principal", "school-leadership", "director" },
        { "education", "Assistant Principal", "school-leadership", "manager" },
        { "education", "Dean of Engineering", "academic", "director" },
        { "hospitality", "General Manager", "general-management", "director" },
        { "hospitality", "GM", "general-management", "director" },
        { "hospitality", "Executive Chef", "food-beverage", "manager" },
        { "hospitality", "F&B Manager", "food-beverage", "manager" },
        { "hospitality", "Director of Revenue Management", "revenue", "director" },
        { "energy", "Leiter Netze", "grid", "director" },
        { "energy", "O&M Manager", "operations-assets", "manager" },
        { "insurance", "Claims Adjuster", "claims", "specialist" },
        { "insurance", "Chief Underwriting Officer", "underwriting", "executive" },
        { "insurance", "Directeur indemnisation", "claims", "director" },
        { "insurance", "Vorstand", "leadership", "executive" },
    };

    [Theory, MemberData(nameof(Titles))]
    public void A_title_tells_persona_and_level(string industry, string title, string? persona, string level)
    {
        var rules = new PackRules(ShippedPacks.Of(industry));
        var parsed = JobTitle.Of(title);

        Assert.Equal((persona, level), (rules.PersonaOf(parsed)?.Persona.Id, SeniorityWords.Of(parsed).Level));
    }

    [Theory]
    [InlineData("head of crm")]
    [InlineData("HEAD OF CRM")]
    [InlineData("Head  of\tCRM")]
    [InlineData("H\u00ADead of C.R.M.")]
    [InlineData("Ｈｅａｄ of CRM, Head of CRM")]
    [InlineData("\u202EHead of CRM\u202C")]
    [InlineData("🎰 Head of CRM 🎰")]
    [InlineData("Senior Head-of-CRM")]
    public async Task Case_spaces_and_marks_do_not_matter(string title)
    {
        var analysis = await Some.Analyze(ShippedPacks.Of("casino"), new Prospect { LastName = "Doe", Title = title });

        Assert.Equal((32, 19), (analysis.Reasons[0].Points, analysis.Reasons[1].Points));
    }
}

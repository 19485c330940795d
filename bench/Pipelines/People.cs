using System.Globalization;
using System.Text;

namespace ProspectOps.Bench.Pipelines;

/// <summary>Made-up people of a casino campaign: every title at every company, the same at every run.</summary>
internal static class People
{
    private static readonly string[] Titles =
    [
        "Chief Marketing Officer", "Head of CRM", "VP Player Acquisition", "Director of Payments", "Head of Retention", "Affiliate Manager", "Loyalty Coordinator", "Games Manager",
        "Chief Compliance Officer", "Head of Fraud", "Performance Marketing Specialist", "VIP Host", "Product Owner", "Office Assistant", "Software Engineer", "Managing Director",
        "Payments Manager", "CRM Manager", "Customer Support Agent", "Chief Executive Officer",
    ];
    private static readonly string[] FirstNames = ["Ann", "Ben", "Carla", "David", "Elena", "Felix", "Gina", "Hugo", "Ines", "Jonas", "Kate", "Luca", "Mara", "Nils", "Olga", "Paul", "Rita", "Sven", "Tara", "Uwe"];
    private static readonly string[] LastNames = ["Abela", "Borg", "Camilleri", "Duarte", "Eriksen", "Farrugia", "Galea", "Horvat", "Ivanov", "Jensen", "Kovac"];
    private static readonly string[] Countries = ["MT", "GB", "SE", "CY", "GI", "EE", "DE"];
    private static readonly string[] Notes = ["", "New Head of CRM since March, building retention team.", "", "Fined by the regulator last autumn, licence review pending.", "Withdrawal complaints on review sites; new PSP planned."];

    public static byte[] Csv(int count)
    {
        var csv = new StringBuilder("email,firstName,lastName,title,company,companyDomain,employees,country,notes\n");
        for (var i = 0; i < count; i++)
        {
            var (company, title) = (i / Titles.Length, Titles[i % Titles.Length]);
            var (first, last) = (FirstNames[i % FirstNames.Length], LastNames[company % LastNames.Length]);
            csv.Append(CultureInfo.InvariantCulture,
                $"{first}.{last}{i}@casino-{company}.example,{first},{last},{title},Casino {company} Ltd,casino-{company}.example,{20 + company * 37 % 4_000},{Countries[company % Countries.Length]},\"{Notes[i % Notes.Length]}\"\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}

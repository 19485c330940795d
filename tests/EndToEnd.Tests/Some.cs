using System.Globalization;
using System.Text;

namespace ProspectOps.EndToEnd.Tests;

/// <summary>Made-up people.</summary>
internal static class Some
{
    private static readonly string[] Titles = ["Chief Marketing Officer", "Head of CRM", "Payments Manager", "Games Manager", "Office Assistant", "Director of Compliance", "VIP Host"];
    private static readonly string[] Notes = ["New Head of CRM since March, building retention team.", "", "Fined by the regulator last autumn, licence review pending.", "", "Hiring for five open positions."];

    /// <summary>People of as many companies, no two alike.</summary>
    public static object[] Prospects(int count, string tag = "one") =>
    [
        .. Enumerable.Range(0, count).Select(i => new
        {
            email = string.Create(CultureInfo.InvariantCulture, $"person{i}@{tag}-casino{i}.example"),
            firstName = string.Create(CultureInfo.InvariantCulture, $"First{i}"),
            lastName = string.Create(CultureInfo.InvariantCulture, $"Last{i}"),
            title = Titles[i % Titles.Length],
            company = string.Create(CultureInfo.InvariantCulture, $"{tag} Casino {i}"),
            employees = 10 + i * 7,
            country = "MT",
            notes = Notes[i % Notes.Length],
        }),
    ];

    /// <summary>A file of <paramref name="people"/> people; of these every 25th has an address that cannot be parsed. Then rows that repeat the first ones, and rows that name nobody.</summary>
    public static byte[] Csv(int people, int duplicates, int nobodies)
    {
        var csv = new StringBuilder("email,firstName,lastName,title,company,employees,country,notes\n");
        for (var i = 0; i < people; i++)
        {
            var at = i % 25 == 24 ? "(at)" : "@";
            csv.Append(CultureInfo.InvariantCulture, $"person{i}{at}casino{i}.example,First{i},Last{i},{Titles[i % Titles.Length]},Casino {i},{10 + i * 7},MT,\"{Notes[i % Notes.Length]}\"\n");
        }
        for (var i = 0; i < duplicates; i++)
            csv.Append(CultureInfo.InvariantCulture, $"PERSON{i}+again@casino{i}.example,First{i},Last{i},,Casino {i},,,\n");
        for (var i = 0; i < nobodies; i++)
            csv.Append(CultureInfo.InvariantCulture, $",First{i},,Games Manager,,,MT,\n");
        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}

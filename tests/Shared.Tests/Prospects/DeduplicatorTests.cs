using ProspectOps.Prospects;

namespace ProspectOps.Tests.Prospects;

public sealed class DeduplicatorTests
{
    private readonly Deduplicator _people = new();
    private int _line = 1;

    [Fact]
    public void Same_canonical_address_is_the_same_person()
    {
        Add(email: "jane@acme.com");
        Add(email: "JANE+news@acme.com");
        Add(email: "j.doe@gmail.com");
        Add(email: "jdoe@googlemail.com");

        AssertWinners(null, 2, null, 4);
    }

    [Fact]
    public void Different_addresses_stay_apart_whatever_else_matches()
    {
        Add("jane@acme.com", "Jane", "Doe", "Acme", "linkedin.com/in/jane");
        Add("jd@acme.com", "Jane", "Doe", "Acme", "linkedin.com/in/jane");
        Add(null, "Jane", "Doe", "Acme");

        AssertWinners(null, null, 2);
    }

    [Fact]
    public void Address_missing_on_one_side_lets_name_and_company_decide()
    {
        Add("jane@acme.com", "Jörg", "Müller", "Acme GmbH & Co. KG");
        Add("not an address", " JORG ", "Muller", "ACME");
        Add(null, "Jörg", "Müller", "Acme Inc.");
        Add(null, "Jörg", "Müller", "Other");

        AssertWinners(null, 2, 2, null);
    }

    [Fact]
    public void First_name_on_one_side_only_is_no_match_and_missing_on_both_is_one()
    {
        Add(null, "Jane", "Doe", "Acme");
        Add(null, null, "Doe", "Acme");
        Add(null, "", "DOE", "acme ltd");

        AssertWinners(null, null, 3);
    }

    [Fact]
    public void Profile_decides_between_two_without_address_only()
    {
        Add(linkedin: "https://www.linkedin.com/in/Jane-Doe/?trk=x");
        Add(linkedin: "de.linkedin.com/in/jane-doe/de");
        Add("jane@acme.com", linkedin: "linkedin.com/in/jane-doe");

        AssertWinners(null, 2, null);
    }

    [Fact]
    public void Record_without_address_that_joins_two_groups_by_profile_follows_whom_it_matches_itself()
    {
        Add("a@acme.com", "Ann", "Ames", "Acme");
        Add("b@acme.com", "Bob", "Burr", "Acme");
        Add(null, "Bob", "Burr", "Acme", "linkedin.com/in/x");
        Add(null, "Ann", "Ames", "Acme", "linkedin.com/in/x");
        Add(null, "Cy", "Cole", "Acme", "linkedin.com/in/x");

        AssertWinners(null, null, 3, 2, 2);
    }

    [Fact]
    public void Kept_is_who_has_an_address_then_the_most_fields_then_the_earliest_line()
    {
        Add(null, "Jane", "Doe", "Acme", "linkedin.com/in/jane");
        Add("jane@acme.com", "Jane", "Doe", "Acme");
        Add("jane@acme.com", "Jane", "Doe", "Acme", "linkedin.com/in/jane");
        Add("jane@acme.com", "Jane", "Doe", "Acme", "linkedin.com/in/jane");

        AssertWinners(4, 4, null, 4);
    }

    [Fact]
    public void Unaddressed_chain_is_one_person()
    {
        Add(null, "Jane", "Doe", "Acme");
        Add(null, "Jane", "Doe", "Acme", "linkedin.com/in/jane");
        Add(linkedin: "linkedin.com/in/jane");

        AssertWinners(3, null, 3);
    }

    private void Add(string? email = null, string? first = null, string? last = null, string? company = null, string? linkedin = null) =>
        _people.Add(++_line, new Prospect { Email = email, FirstName = first, LastName = last, Company = company, LinkedinUrl = linkedin });

    /// <summary>By line from 2: the line that is kept instead, null where it is kept itself.</summary>
    private void AssertWinners(params int?[] winners)
    {
        _people.Resolve();
        Assert.Equal(winners, Enumerable.Range(2, winners.Length).Select(_people.DuplicateOf));
    }
}

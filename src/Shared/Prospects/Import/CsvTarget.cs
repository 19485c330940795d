namespace ProspectOps.Prospects.Import;

/// <summary>Where a column's values go.</summary>
internal enum CsvTarget
{
    Custom,
    Email,
    FirstName,
    LastName,
    FullName,
    Title,
    Company,
    CompanyDomain,
    Employees,
    Country,
    LinkedinUrl,
    Notes,
}

using System.Collections.Frozen;

namespace ProspectOps.Prospects.Import;

/// <summary>How files call the fields, in English, German, French and Spanish. Compared by letters and digits alone, without
/// case and accents: "E-Mail", "e mail" and "E_MAIL" are one.</summary>
internal static class HeaderAliases
{
    private static readonly FrozenDictionary<string, CsvTarget> Targets = new Dictionary<CsvTarget, string>
    {
        [CsvTarget.Email] = """
            email emailaddress mail mailaddress emailid workemail emailwork workemailaddress businessemail emailbusiness corporateemail professionalemail
            companyemail contactemail primaryemail emailaddresses emailadresse mailadresse dienstlicheemail geschaftlicheemail geschaftsemail
            courriel adresseemail adressemail adressedecourriel adressecourriel adresseelectronique emailprofessionnel mailprofessionnel courrielprofessionnel
            correo correoelectronico direcciondecorreo direcciondecorreoelectronico emaildetrabajo correodetrabajo correoprofesional
            """,
        [CsvTarget.FirstName] = """
            firstname first givenname forename fname contactfirstname vorname prenom prenoms nombredepila primernombre nombres
            """,
        [CsvTarget.LastName] = """
            lastname last surname familyname lname contactlastname nachname familienname zuname nomdefamille apellido apellidos primerapellido
            """,
        [CsvTarget.FullName] = """
            fullname contactname personname leadname prospectname firstandlastname vollstandigername vorundnachname ansprechpartner
            nomcomplet prenomnom nomprenom prenometnom nometprenom nombrecompleto nombreyapellido nombreyapellidos
            """,
        [CsvTarget.Title] = """
            title jobtitle position role jobrole jobposition titleposition jobfunction funktion stelle stellenbezeichnung berufsbezeichnung jobtitel position
            poste fonction intituledeposte intituleduposte titreduposte cargo puesto puestodetrabajo
            """,
        [CsvTarget.Company] = """
            company companyname organization organisation organizationname organisationname account accountname employer business businessname
            firma firmenname unternehmen unternehmensname arbeitgeber entreprise nomdelentreprise nomentreprise societe nomdelasociete raisonsociale
            empresa compania nombredelaempresa nombreempresa organizacion razonsocial
            """,
        [CsvTarget.CompanyDomain] = """
            companydomain companydomainname domain domainname website websiteurl companywebsite companyurl companysite web webpage homepage url
            webseite webadresse internetadresse internetseite firmendomain firmenwebsite domaine siteweb siteinternet siteduentreprise
            dominio sitioweb paginaweb dominiodelaempresa
            """,
        [CsvTarget.Employees] = """
            employees numberofemployees noofemployees numemployees employeecount employeescount headcount companysize companyheadcount staffcount fte ftes
            mitarbeiter mitarbeiterzahl anzahlmitarbeiter mitarbeiteranzahl anzahldermitarbeiter beschaftigte unternehmensgrosse
            effectif effectifs nombredemployes nombredesalaries employes taillededelentreprise tailleentreprise
            empleados numerodeempleados numempleados numdeempleados plantilla tamanodelaempresa
            """,
        [CsvTarget.Country] = """
            country countrycode countryregion countryname hqcountry nation land landercode landerkurzel pays codepays pais codigodepais
            """,
        [CsvTarget.LinkedinUrl] = """
            linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinlink linkedinaddress personlinkedinurl personlinkedin personallinkedin
            personallinkedinurl contactlinkedin contactlinkedinurl contactlinkedinprofileurl linkedinprofil linkedinadresse profillinkedin
            lienlinkedin perfillinkedin perfildelinkedin enlacelinkedin
            """,
        [CsvTarget.Notes] = """
            notes note comment comments remark remarks notiz notizen bemerkung bemerkungen kommentar kommentare anmerkung anmerkungen
            remarque remarques commentaire commentaires nota notas observacion observaciones comentario comentarios
            """,
    }.SelectMany(pair => pair.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Select(alias => (alias, pair.Key)))
     .ToFrozenDictionary(pair => pair.alias, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The field that <paramref name="header"/> names; custom where it is none of ours.</summary>
    public static CsvTarget Find(string header)
    {
        var name = FoldedText.Compact(header);
        return name is "name" or "nom" or "nombre" ? CsvTarget.FullName : Targets.GetValueOrDefault(name, CsvTarget.Custom);
    }

    /// <summary>Words that are a whole name alone, and one part of it beside the other: "Vorname, Name"; "Prénom, Nom"; "Nombre, Apellidos".</summary>
    public static CsvTarget? Beside(string header, bool hasFirstName, bool hasLastName) => FoldedText.Compact(header) switch
    {
        "name" or "nom" when hasFirstName && !hasLastName => CsvTarget.LastName,
        "nombre" when hasLastName && !hasFirstName => CsvTarget.FirstName,
        _ => null,
    };

    /// <summary>The name of the field in the API.</summary>
    public static string FieldName(CsvTarget target) => target switch
    {
        CsvTarget.Email => "email",
        CsvTarget.FirstName => "firstName",
        CsvTarget.LastName => "lastName",
        CsvTarget.FullName => "firstName+lastName",
        CsvTarget.Title => "title",
        CsvTarget.Company => "company",
        CsvTarget.CompanyDomain => "companyDomain",
        CsvTarget.Employees => "employees",
        CsvTarget.Country => "country",
        CsvTarget.LinkedinUrl => "linkedinUrl",
        CsvTarget.Notes => "notes",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

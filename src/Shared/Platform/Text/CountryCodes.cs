using System.Collections.Frozen;

namespace ProspectOps.Platform.Text;

/// <summary>Countries as people write them, by ISO 3166-1 alpha-2 code.</summary>
/// <remarks>An own table, because without ICU the runtime knows no country by its name.</remarks>
internal static class CountryCodes
{
    // alpha-2|alpha-3|names, the English one first.
    private const string Table = """
        AD|AND|Andorra
        AE|ARE|United Arab Emirates;UAE;Emirates;Dubai;Abu Dhabi
        AF|AFG|Afghanistan
        AG|ATG|Antigua and Barbuda
        AI|AIA|Anguilla
        AL|ALB|Albania
        AM|ARM|Armenia
        AO|AGO|Angola
        AQ|ATA|Antarctica
        AR|ARG|Argentina
        AS|ASM|American Samoa
        AT|AUT|Austria;Österreich
        AU|AUS|Australia
        AW|ABW|Aruba
        AX|ALA|Åland Islands
        AZ|AZE|Azerbaijan
        BA|BIH|Bosnia and Herzegovina;Bosnia
        BB|BRB|Barbados
        BD|BGD|Bangladesh
        BE|BEL|Belgium;België;Belgique;Belgien
        BF|BFA|Burkina Faso
        BG|BGR|Bulgaria
        BH|BHR|Bahrain
        BI|BDI|Burundi
        BJ|BEN|Benin
        BL|BLM|Saint Barthélemy
        BM|BMU|Bermuda
        BN|BRN|Brunei;Brunei Darussalam
        BO|BOL|Bolivia
        BQ|BES|Bonaire, Sint Eustatius and Saba;Bonaire
        BR|BRA|Brazil;Brasil
        BS|BHS|Bahamas
        BT|BTN|Bhutan
        BV|BVT|Bouvet Island
        BW|BWA|Botswana
        BY|BLR|Belarus
        BZ|BLZ|Belize
        CA|CAN|Canada
        CC|CCK|Cocos Islands
        CD|COD|Democratic Republic of the Congo;DR Congo
        CF|CAF|Central African Republic
        CG|COG|Congo;Republic of the Congo
        CH|CHE|Switzerland;Schweiz;Suisse;Svizzera
        CI|CIV|Côte d'Ivoire;Ivory Coast
        CK|COK|Cook Islands
        CL|CHL|Chile
        CM|CMR|Cameroon
        CN|CHN|China;PR China;Mainland China;People's Republic of China
        CO|COL|Colombia
        CR|CRI|Costa Rica
        CU|CUB|Cuba
        CV|CPV|Cabo Verde;Cape Verde
        CW|CUW|Curaçao
        CX|CXR|Christmas Island
        CY|CYP|Cyprus
        CZ|CZE|Czechia;Czech Republic;Česko
        DE|DEU|Germany;Deutschland;Allemagne;Alemania
        DJ|DJI|Djibouti
        DK|DNK|Denmark;Danmark
        DM|DMA|Dominica
        DO|DOM|Dominican Republic
        DZ|DZA|Algeria
        EC|ECU|Ecuador
        EE|EST|Estonia;Eesti
        EG|EGY|Egypt
        EH|ESH|Western Sahara
        ER|ERI|Eritrea
        ES|ESP|Spain;España;Spanien
        ET|ETH|Ethiopia
        FI|FIN|Finland;Suomi
        FJ|FJI|Fiji
        FK|FLK|Falkland Islands
        FM|FSM|Micronesia
        FO|FRO|Faroe Islands
        FR|FRA|France;Frankreich;Francia
        GA|GAB|Gabon
        GB|GBR|United Kingdom;UK;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain and Northern Ireland
        GD|GRD|Grenada
        GE|GEO|Georgia
        GF|GUF|French Guiana
        GG|GGY|Guernsey
        GH|GHA|Ghana
        GI|GIB|Gibraltar
        GL|GRL|Greenland
        GM|GMB|Gambia
        GN|GIN|Guinea
        GP|GLP|Guadeloupe
        GQ|GNQ|Equatorial Guinea
        GR|GRC|Greece;Hellas
        GS|SGS|South Georgia and the South Sandwich Islands
        GT|GTM|Guatemala
        GU|GUM|Guam
        GW|GNB|Guinea-Bissau
        GY|GUY|Guyana
        HK|HKG|Hong Kong;Hong Kong SAR
        HM|HMD|Heard Island and McDonald Islands
        HN|HND|Honduras
        HR|HRV|Croatia;Hrvatska
        HT|HTI|Haiti
        HU|HUN|Hungary;Magyarország
        ID|IDN|Indonesia
        IE|IRL|Ireland;Republic of Ireland;Éire
        IL|ISR|Israel
        IM|IMN|Isle of Man
        IN|IND|India
        IO|IOT|British Indian Ocean Territory
        IQ|IRQ|Iraq
        IR|IRN|Iran
        IS|ISL|Iceland;Ísland
        IT|ITA|Italy;Italia;Italien
        JE|JEY|Jersey
        JM|JAM|Jamaica
        JO|JOR|Jordan
        JP|JPN|Japan
        KE|KEN|Kenya
        KG|KGZ|Kyrgyzstan
        KH|KHM|Cambodia
        KI|KIR|Kiribati
        KM|COM|Comoros
        KN|KNA|Saint Kitts and Nevis
        KP|PRK|North Korea
        KR|KOR|South Korea;Korea;Republic of Korea
        KW|KWT|Kuwait
        KY|CYM|Cayman Islands
        KZ|KAZ|Kazakhstan
        LA|LAO|Laos
        LB|LBN|Lebanon
        LC|LCA|Saint Lucia
        LI|LIE|Liechtenstein
        LK|LKA|Sri Lanka
        LR|LBR|Liberia
        LS|LSO|Lesotho
        LT|LTU|Lithuania;Lietuva
        LU|LUX|Luxembourg;Luxemburg
        LV|LVA|Latvia;Latvija
        LY|LBY|Libya
        MA|MAR|Morocco
        MC|MCO|Monaco
        MD|MDA|Moldova
        ME|MNE|Montenegro
        MF|MAF|Saint Martin
        MG|MDG|Madagascar
        MH|MHL|Marshall Islands
        MK|MKD|North Macedonia;Macedonia
        ML|MLI|Mali
        MM|MMR|Myanmar;Burma
        MN|MNG|Mongolia
        MO|MAC|Macao;Macau
        MP|MNP|Northern Mariana Islands
        MQ|MTQ|Martinique
        MR|MRT|Mauritania
        MS|MSR|Montserrat
        MT|MLT|Malta
        MU|MUS|Mauritius
        MV|MDV|Maldives
        MW|MWI|Malawi
        MX|MEX|Mexico;México
        MY|MYS|Malaysia
        MZ|MOZ|Mozambique
        NA|NAM|Namibia
        NC|NCL|New Caledonia
        NE|NER|Niger
        NF|NFK|Norfolk Island
        NG|NGA|Nigeria
        NI|NIC|Nicaragua
        NL|NLD|Netherlands;Holland;Nederland;Niederlande;Pays-Bas
        NO|NOR|Norway;Norge
        NP|NPL|Nepal
        NR|NRU|Nauru
        NU|NIU|Niue
        NZ|NZL|New Zealand;Aotearoa
        OM|OMN|Oman
        PA|PAN|Panama
        PE|PER|Peru
        PF|PYF|French Polynesia
        PG|PNG|Papua New Guinea
        PH|PHL|Philippines
        PK|PAK|Pakistan
        PL|POL|Poland;Polska
        PM|SPM|Saint Pierre and Miquelon
        PN|PCN|Pitcairn
        PR|PRI|Puerto Rico
        PS|PSE|Palestine
        PT|PRT|Portugal
        PW|PLW|Palau
        PY|PRY|Paraguay
        QA|QAT|Qatar
        RE|REU|Réunion
        RO|ROU|Romania;România
        RS|SRB|Serbia;Srbija
        RU|RUS|Russia;Russian Federation
        RW|RWA|Rwanda
        SA|SAU|Saudi Arabia;KSA
        SB|SLB|Solomon Islands
        SC|SYC|Seychelles
        SD|SDN|Sudan
        SE|SWE|Sweden;Sverige
        SG|SGP|Singapore
        SH|SHN|Saint Helena
        SI|SVN|Slovenia;Slovenija
        SJ|SJM|Svalbard and Jan Mayen
        SK|SVK|Slovakia;Slovensko
        SL|SLE|Sierra Leone
        SM|SMR|San Marino
        SN|SEN|Senegal
        SO|SOM|Somalia
        SR|SUR|Suriname
        SS|SSD|South Sudan
        ST|STP|São Tomé and Príncipe
        SV|SLV|El Salvador
        SX|SXM|Sint Maarten
        SY|SYR|Syria
        SZ|SWZ|Eswatini;Swaziland
        TC|TCA|Turks and Caicos Islands
        TD|TCD|Chad
        TF|ATF|French Southern Territories
        TG|TGO|Togo
        TH|THA|Thailand
        TJ|TJK|Tajikistan
        TK|TKL|Tokelau
        TL|TLS|Timor-Leste;East Timor
        TM|TKM|Turkmenistan
        TN|TUN|Tunisia
        TO|TON|Tonga
        TR|TUR|Turkey;Türkiye
        TT|TTO|Trinidad and Tobago
        TV|TUV|Tuvalu
        TW|TWN|Taiwan
        TZ|TZA|Tanzania
        UA|UKR|Ukraine
        UG|UGA|Uganda
        UM|UMI|United States Minor Outlying Islands
        US|USA|United States;United States of America;America
        UY|URY|Uruguay
        UZ|UZB|Uzbekistan
        VA|VAT|Holy See;Vatican
        VC|VCT|Saint Vincent and the Grenadines
        VE|VEN|Venezuela
        VG|VGB|British Virgin Islands
        VI|VIR|US Virgin Islands
        VN|VNM|Vietnam;Viet Nam
        VU|VUT|Vanuatu
        WF|WLF|Wallis and Futuna
        WS|WSM|Samoa
        YE|YEM|Yemen
        YT|MYT|Mayotte
        ZA|ZAF|South Africa
        ZM|ZMB|Zambia
        ZW|ZWE|Zimbabwe
        """;

    private static readonly FrozenDictionary<string, string> ByName = Read();

    /// <summary>The alpha-2 code for a code or a name in English or the country's own language; <see langword="null"/> if unknown.</summary>
    public static string? Find(string nameOrCode) =>
        ByName.GetValueOrDefault(Key(nameOrCode));

    /// <summary>Whether it is an alpha-2 code, written as in the standard.</summary>
    public static bool IsCode(string code) => code.Length == 2 && Find(code) == code;

    private static FrozenDictionary<string, string> Read()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = line.Split('|');
            foreach (var key in columns[2].Split(';').Concat(columns[..2]).Select(Key).Distinct())
                codes.Add(key, columns[0]);
        }
        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Words, so that "U.S.", "the Netherlands" and "NETHERLANDS (THE)" are found.
    private static string Key(string name) =>
        string.Join(' ', FoldedWords.Words(name, 100).Select(word => word.Text).Where(word => word != "the"));
}

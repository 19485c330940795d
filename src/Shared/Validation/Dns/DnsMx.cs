namespace ProspectOps.Validation.Dns;

/// <summary>A mail server; the lower the preference, the earlier it is tried. <c>Host</c> is empty for the null MX.</summary>
internal readonly record struct DnsMx(int Preference, string Host);

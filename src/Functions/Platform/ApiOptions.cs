namespace ProspectOps.Functions.Platform;

/// <summary>Settings under <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Origins whose pages may call the API from a browser, such as <c>https://app.example.com</c>; <c>*</c> is any. None is the default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    internal bool AreValid => AllowedOrigins.All(origin =>
        origin == "*" || (Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.GetLeftPart(UriPartial.Authority) == origin));
}

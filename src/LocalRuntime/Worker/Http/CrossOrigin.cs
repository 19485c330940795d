using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Which web pages of other origins may call, by <c>Host.CORS</c> and <c>Host.CORSCredentials</c> of local.settings.json. On Azure the platform does it.</summary>
/// <param name="Origins">Empty for none; <c>*</c> for all.</param>
internal sealed record CrossOrigin(IReadOnlyList<string> Origins, bool AllowsCredentials)
{
    public static CrossOrigin Read(IConfiguration configuration, StartupProblems problems)
    {
        var section = new SettingReader(configuration, "Host", key => $"local.settings.json: {key.Replace(':', '.')}", problems);
        string[] origins = (section.Text("CORS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(origins, origin => origin != "*" && !Uri.TryCreate(origin, UriKind.Absolute, out _)) is { } bad)
            return section.Refuse("CORS", bad, "* or origins such as https://example.com, separated by commas", new CrossOrigin([], false));
        var allowsCredentials = section.Flag("CORSCredentials", fallback: false);
        return allowsCredentials && origins.Contains("*")
            ? section.Refuse("CORS", "*", "a list of origins where CORSCredentials is true", new CrossOrigin([], false))
            : new CrossOrigin(origins, allowsCredentials);
    }

    public void AddTo(IApplicationBuilder app)
    {
        if (Origins.Count == 0)
            return;
        app.UseCors(policy =>
        {
            policy.WithOrigins([.. Origins.Select(origin => origin.TrimEnd('/'))]).AllowAnyHeader().AllowAnyMethod();
            if (AllowsCredentials)
                policy.AllowCredentials();
        });
    }
}

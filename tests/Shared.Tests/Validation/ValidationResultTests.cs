using System.Text.Json;
using System.Text.Json.Nodes;
using ProspectOps.Platform.Json;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

public sealed class ValidationResultTests
{
    [Fact]
    public void Fields_that_the_contract_promises_are_null_where_nothing_is_known_and_never_missing()
    {
        var checks = new ValidationChecks(new SyntaxCheck(false, null, null, null, "why"), MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null);
        var result = new ValidationResult("x", null, Verdict.Undeliverable, 0, [ValidationReasons.InvalidSyntax], checks, null, false, DateTimeOffset.UnixEpoch, 0);

        var json = JsonSerializer.SerializeToNode(result, JsonDefaults.Options)!.AsObject();

        string[] promised = ["email", "normalized", "verdict", "score", "reasons", "checks", "cached", "checkedAt", "durationMs"];
        Assert.Empty(promised.Except(Names(json)));
        Assert.DoesNotContain("suggestion", Names(json));
        Assert.Equal(["syntax", "mx", "smtp", "disposable", "roleAccount", "freeProvider", "rule"], Names(json["checks"]));
        Assert.Equal(["valid", "local", "domain", "ascii", "error"], Names(json["checks"]!["syntax"]));
        Assert.Equal(["found", "hosts", "nullMx"], Names(json["checks"]!["mx"]));
        Assert.Equal(["attempted", "accepted", "catchAll", "greylisted", "code", "message"], Names(json["checks"]!["smtp"]));
    }

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(field => field.Key);
}

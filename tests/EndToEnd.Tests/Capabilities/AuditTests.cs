using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.EndToEnd.Tests.Api;
using ProspectOps.EndToEnd.Tests.Running;

namespace ProspectOps.EndToEnd.Tests.Capabilities;

/// <summary>The audit log, as an administrator and an auditor see it.</summary>
public sealed class AuditTests(Platform platform)
{
    [Fact]
    public async Task Audit_log_says_who_did_what_without_secrets_and_its_chain_holds()
    {
        var admin = await platform.NewTenantAsync();
        var adminKeyId = (await admin.GetAsync("manage/keys")).MustBe(200).Json.List("items").Single().Text("keyId");
        var made = (await admin.PostAsync("manage/keys", new { name = "Made", scopes = new[] { "admin:read" } })).MustBe(201);
        (await admin.PostAsync($"manage/keys/{made.Json.Text("keyId")}/revoke")).MustBe(200);
        (await admin.PostAsync("campaigns/create", new { name = "Mine", industry = "casino" })).MustBe(201);

        var entries = await admin.AllAsync("manage/audit", 2);
        var revoked = (await admin.GetAsync($"manage/audit?action=key.revoke&actor={adminKeyId}")).MustBe(200).Json.List("items");
        var csv = (await admin.GetAsync("manage/audit/export?format=csv")).MustBe(200);
        var jsonl = (await admin.GetAsync("manage/audit/export?format=jsonl&action=key")).MustBe(200);
        var verdict = (await admin.GetAsync("manage/audit/verify")).MustBe(200).Json;

        Assert.Equal(["campaign.create", "key.revoke", "key.create", "key.create", "tenant.create"], entries.Select(entry => entry.Text("action")));
        Assert.Equal(made.Json.Text("keyId"), Assert.Single(revoked).Text("target"));
        Assert.Null(revoked[0].Text("before.revokedAt"));
        Assert.NotNull(revoked[0].Text("after.revokedAt"));
        Assert.Equal(("127.0.0.1", true), (revoked[0].Text("address"), revoked[0].Text("requestId") is { Length: 32 }));
        Assert.All(entries, entry => Assert.StartsWith("aud_", entry.Text("auditId"), StringComparison.Ordinal));
        Assert.Equal(6, csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(3, jsonl.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($",{entries[0].Text("at")},", csv.Text, StringComparison.Ordinal);
        Assert.Equal((true, 5), ((bool)verdict!["valid"]!, verdict.Number("entries")));
        Assert.DoesNotContain(made.Json.Text("key")!, csv.Text, StringComparison.Ordinal);
        (await admin.GetAsync("manage/audit?from=yesterday")).MustRefuse(400, "validation_failed");
        (await admin.GetAsync("manage/audit?tenantId=default")).MustRefuse(403, "operator_only");
    }

    [Fact]
    public async Task Audit_log_begins_with_the_key_that_the_first_start_made()
    {
        var first = (await platform.Operator.AllAsync("manage/audit?action=key.create&actor=system", 200)).Single();

        Assert.Equal("made by the first start", first.Text("after.name"));
        Assert.Contains((await platform.Operator.AllAsync("manage/keys", 200)), key => key.Text("keyId") == first.Text("target"));
    }

    [Fact]
    public async Task Export_of_the_audit_log_is_held_against_its_manifest_by_whoever_has_the_public_key()
    {
        var admin = await platform.NewTenantAsync();

        var export = (await admin.GetAsync("manage/audit/export?format=jsonl")).MustBe(200);
        var (key, signature) = (export.Header("X-Audit-Public-Key")!, export.Header("X-Audit-Signature")!);
        var manifest = Encoding.UTF8.GetString(Convert.FromBase64String(export.Header("X-Audit-Manifest")!));

        Assert.Equal(JsonNode.Parse(export.Text.Split('\n')[0]).Text("hash"), JsonNode.Parse(manifest)!["months"]!.AsArray()[^1].Text("lastHash"));
        Assert.Equal("true", await VerifyAsync(key, signature, manifest));
        Assert.Equal("false", await VerifyAsync(key, signature, manifest.Replace("\"entries\":2", "\"entries\":1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Hash_of_an_exported_entry_can_be_computed_by_anybody()
    {
        var admin = await platform.NewTenantAsync();

        foreach (var line in (await admin.GetAsync("manage/audit/export?format=jsonl")).MustBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = line.LastIndexOf(",\"hash\":", StringComparison.Ordinal);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line[..cut] + "}")));
            Assert.Equal(JsonNode.Parse(line).Text("hash"), hash);
        }
    }

    [Fact]
    public async Task Failed_sign_ins_are_in_the_log_of_the_keys_tenant_and_a_flood_of_them_is_one_entry()
    {
        var admin = await platform.NewTenantAsync();
        var victim = (await admin.PostAsync("manage/keys", new { name = "Victim", scopes = new[] { "admin:read" } })).MustBe(201).Json;
        (await admin.PostAsync($"manage/keys/{victim.Text("keyId")}/revoke")).MustBe(200);

        // At once, for what comes a minute later is another entry.
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => platform.With(victim.Text("key")).GetAsync("limits"))))
            reply.MustRefuse(401, "api_key_invalid");

        var entries = await Eventually.BecomesAsync(
            async () => (await admin.GetAsync("manage/audit?action=sign_in.fail")).MustBe(200).Json.List("items"), items => items.Count > 0, platform.Log);
        Assert.Equal((victim.Text("keyId"), "api_key_invalid"), (Assert.Single(entries).Text("actor"), entries[0].Text("after.reason")));
    }

    private static async Task<string> VerifyAsync(string publicKey, string signature, string text)
    {
        const string Script = """
            const [key, signature, text] = process.argv.slice(1);
            const publicKey = crypto.createPublicKey(`-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`);
            console.log(crypto.verify(null, Buffer.from(text), publicKey, Buffer.from(signature.replace('v1a,', ''), 'base64')));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Script, publicKey, signature, text]) { RedirectStandardOutput = true })!;
        var said = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return said.Trim();
    }
}

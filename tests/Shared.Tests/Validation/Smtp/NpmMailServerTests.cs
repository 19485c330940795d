using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProspectOps.Testing;
using ProspectOps.Validation;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>Against a real mail server, npm's smtp-server.</summary>
public sealed class NpmMailServerTests
{
    [Theory]
    [InlineData("plain", "STARTTLS)")]
    [InlineData("slow", "STARTTLS)")]
    [InlineData("noTls", "no TLS)")]
    public async Task Real_server_is_asked_and_understood(string mode, string tls)
    {
        await using var mail = await NpmMailServer.StartAsync(mode);
        await using var world = new SmtpWorld { Options = new SmtpOptions { SessionsPerHost = 1 }, PortOfMailServers = mail.Port };
        world.Domain("all.com", "mx.acme.com");
        var (validator, _) = world.Process();

        var first = await SmtpWorld.Check(validator, "jane@acme.com", "nobody@acme.com", "full@acme.com", "off@acme.com", "grey@acme.com", "anybody@all.com", "jörg@acme.com");
        var again = await SmtpWorld.Check(validator, "grey@acme.com");

        Assert.Equal(
            ["mailbox_accepted", "mailbox_not_found", "mailbox_full", "mailbox_disabled", "greylisted", "catch_all", "mailbox_not_found"],
            first.Select(one => one.Result.Reasons[0]));
        Assert.Equal("mailbox_accepted", again[0].Result.Reasons[0]);
        Assert.Contains(tls, first[0].Result.Basis[1].Asked, StringComparison.Ordinal);
        Assert.All(mail.Asked, asked => Assert.Equal(mode != "noTls", asked.GetProperty("secure").GetBoolean()));
        Assert.DoesNotContain(mail.Asked, asked => asked.TryGetProperty("data", out _));
        Assert.Single(mail.Asked.Select(asked => asked.GetProperty("session").GetString()).Distinct());
    }

    private sealed class NpmMailServer : IAsyncDisposable
    {
        private readonly Process _process;
        private Task _reading = Task.CompletedTask;

        private NpmMailServer(Process process, int port) => (_process, Port) = (process, port);

        public int Port { get; }

        public ConcurrentQueue<JsonElement> Asked { get; } = new();

        public static async Task<NpmMailServer> StartAsync(string mode)
        {
            var script = Path.Combine(RepositoryRoot.Path, "tests", "Shared.Tests", "Validation", "Smtp", "smtp-server.mjs");
            var process = Process.Start(new ProcessStartInfo("node", [script, mode]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException("node did not start.");
            var port = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException($"smtp-server did not start; has npm ci run? {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
            var server = new NpmMailServer(process, int.Parse(port, CultureInfo.InvariantCulture));
            server._reading = server.ReadAsync();
            return server;
        }

        private async Task ReadAsync()
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
                Asked.Enqueue(JsonDocument.Parse(line).RootElement);
        }

        public async ValueTask DisposeAsync()
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            await _reading;
            _process.Dispose();
        }
    }
}

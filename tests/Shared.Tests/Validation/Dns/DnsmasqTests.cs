using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Testing;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Tests.Validation.Dns;

/// <summary>Against a real name server, Debian's dnsmasq; passed over, with the reason, where it cannot be had.</summary>
public sealed class DnsmasqTests : IAsyncLifetime
{
    private Process? _server;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        if (await DebianServers.DnsmasqMissingBecauseAsync() is { } reason)
            Assert.Skip($"No dnsmasq: {reason}.");
        _port = FreePorts.Take(1);
        string[] many = [.. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"--mx-host=many.com,a-rather-long-name-of-a-mail-server-{i}.many.com,{i}"))];
        _server = Process.Start(new ProcessStartInfo(
            "/usr/sbin/dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file=", "--user=root", "--listen-address=127.0.0.1", "--bind-interfaces",
                string.Create(CultureInfo.InvariantCulture, $"--port={_port}"), "--local=/#/", "--local-ttl=600", "--host-record=com,192.0.2.9",
                "--mx-host=acme.com,mx2.acme.com,20", "--mx-host=acme.com,mx1.acme.com,10", "--dns-rr=null.com,15,000000", "--host-record=bare.com,192.0.2.7,2001:db8::7",
                "--host-record=mx1.acme.com,192.0.2.1", .. many,
            ])
        { RedirectStandardError = true });
        await IsListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Real_server_is_understood()
    {
        var (domains, resolver) = Domains();
        var token = TestContext.Current.CancellationToken;

        var acme = await domains.FindAsync("acme.com", token);
        var many = await domains.FindAsync("many.com", token);

        Assert.Equal(["mx1.acme.com", "mx2.acme.com"], acme.Hosts);
        // 60 records fit no datagram: they came over TCP, and the first 20 are kept.
        Assert.Equal((MailDomainState.Mx, 20), (many.State, many.Hosts.Count));
        Assert.EndsWith("-0.many.com", many.Hosts[0], StringComparison.Ordinal);
        Assert.Equal(MailDomainState.NullMx, (await domains.FindAsync("null.com", token)).State);
        Assert.Equal(MailDomainState.ImplicitMx, (await domains.FindAsync("bare.com", token)).State);
        Assert.Equal(MailDomainState.NotFound, (await domains.FindAsync("gone.com", token)).State);
        Assert.Equal([IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::7")], await resolver.AddressesAsync("bare.com", token));
    }

    private (MailDomains Domains, Resolver Resolver) Domains()
    {
        var options = Options.Create(new ValidationOptions { DnsServers = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"), DnsTimeoutSeconds = 30 });
        var health = new DnsHealth(3, TimeSpan.FromSeconds(30), TimeProvider.System);
        var resolver = new Resolver(options, health, TimeProvider.System, NullLogger<Resolver>.Instance);
        return (new MailDomains(resolver, health, options, TimeProvider.System), resolver);
    }

    private async Task IsListeningAsync()
    {
        for (var started = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (started.Elapsed < Patience.Usual && !_server!.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>Debian's Postfix on loopback with a configuration, a queue and a log of its own; the machine's own Postfix, if it runs one, is left alone.</summary>
/// <remarks>It holds <c>acme.com</c> with jane, and with mailboxes that are full, disabled and greylisted; <c>all.com</c> takes everything; it ends a session after ten refusals.</remarks>
internal sealed class PostfixServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postfix/sbin";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-postfix-");
    private Process? _master;

    private PostfixServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>What it wrote down of its sessions.</summary>
    public async Task<string> LogAsync() => await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "mail.log"));

    public static async Task<PostfixServer> StartAsync(bool offersTls)
    {
        var server = new PostfixServer(FreePorts.Take(1));
        try
        {
            await server.ConfigureAsync(offersTls);
            // Makes the queue's folders, with their owners.
            await server.RunAsync("/usr/sbin/postfix", "check");
            server._master = Process.Start(new ProcessStartInfo($"{Programs}/master", ["-c", server._folder.FullName, "-s"]) { RedirectStandardError = true, RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("Postfix did not start.");
            await server.IsListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_master is { HasExited: false })
        {
            // Not killed: it ends its own processes first.
            await RunAsync("/usr/sbin/postfix", "stop");
            await _master.WaitForExitAsync();
        }
        _master?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ConfigureAsync(bool offersTls)
    {
        var folder = _folder.FullName;
        // Its processes are those of the user postfix, who has to come in here.
        await RunAsync("/usr/bin/chmod", "755", folder);
        Directory.CreateDirectory(Path.Combine(folder, "queue"));
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await RunAsync("/usr/bin/chown", "postfix", Path.Combine(folder, "data"));
        await WriteAsync("main.cf", $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            command_directory = /usr/sbin
            daemon_directory = {Programs}
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {folder}/mail.log
            maillog_file_prefixes = {folder}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mx.acme.com
            mydestination =
            mynetworks =
            local_recipient_maps =
            alias_maps =
            alias_database =
            smtpd_peername_lookup = no
            virtual_mailbox_domains = acme.com, all.com
            virtual_mailbox_base = {folder}
            virtual_mailbox_maps = texthash:{folder}/mailboxes
            smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/access, reject_unauth_destination
            smtpd_tls_security_level = {(offersTls ? "may" : "none")}
            smtpd_tls_cert_file = {folder}/certificate.pem
            smtpd_tls_key_file = {folder}/key.pem
            smtpd_error_sleep_time = 0
            smtpd_soft_error_limit = 10
            smtpd_hard_error_limit = 10
            """);
        await WriteAsync("master.cf", string.Create(CultureInfo.InvariantCulture, $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            rewrite unix - - n - - trivial-rewrite
            tlsmgr unix - - n 1000? 1 tlsmgr
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """));
        await WriteAsync("mailboxes", """
            jane@acme.com jane
            full@acme.com full
            off@acme.com off
            grey@acme.com grey
            @all.com all
            """);
        await WriteAsync("access", """
            full@acme.com 552 5.2.2 Mailbox full
            off@acme.com 550 5.2.1 Mailbox disabled
            grey@acme.com 450 4.2.0 Greylisted, please come back
            """);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mx.acme.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await WriteAsync("certificate.pem", certificate.ExportCertificatePem());
        await WriteAsync("key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text + "\n");

    private async Task RunAsync(string program, params string[] arguments)
    {
        string[] all = program.EndsWith("postfix", StringComparison.Ordinal) ? ["-c", _folder.FullName, .. arguments] : arguments;
        using var process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments[0]}: {await said} {complained}");
    }

    private async Task IsListeningAsync()
    {
        for (var started = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (started.Elapsed < Patience.Usual && !_master!.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}

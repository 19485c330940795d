using System.Net;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Networking;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Validation.Smtp;

/// <summary>Connects to mail servers by name, where they may be talked to.</summary>
internal sealed class MailConnector(Resolver resolver, IOptions<SmtpOptions> options, TimeProvider time)
{
    // A server with more addresses than this has none that works, or too many to try.
    private const int MostAddresses = 4;

    private readonly SmtpOptions _options = options.Value;
    private readonly IMailTransport _transport = options.Value is { Mode: SmtpMode.Socks5 } settings
        ? new Socks5Transport(settings.Proxy()!, settings.Socks5User, settings.Socks5Password)
        : new DirectTransport();

    public string Way => _transport.Way;

    /// <exception cref="SmtpFailureException">There is no connection, or there may be none.</exception>
    public async Task<Stream> ConnectAsync(string host, CancellationToken cancellationToken)
    {
        var known = await resolver.AddressesAsync(host, cancellationToken);
        if (known.Count == 0)
            throw new SmtpFailureException(MailboxState.NoConnection, "DNS knows no address of the mail server.");
        // After DNS and before connecting, so that no name can lead into our own network.
        IPAddress[] allowed = [.. known.Where(address => _options.AllowPrivateAddresses || PublicAddress.Is(address)).Take(MostAddresses)];
        if (allowed.Length == 0)
            throw new SmtpFailureException(MailboxState.NotAsked, "The mail server's address is inside a private network.");
        var failure = new SmtpFailureException(MailboxState.NoConnection, "There is no connection.");
        foreach (var address in allowed)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ConnectTimeoutSeconds), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                return await _transport.ConnectAsync(new IPEndPoint(address, _options.Port), either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failure = new SmtpFailureException(MailboxState.NoConnection, "The connection was not answered in time.");
            }
            catch (SmtpFailureException e)
            {
                failure = e;
            }
        }
        throw failure;
    }
}

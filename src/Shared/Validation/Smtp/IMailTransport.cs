using System.Net;

namespace ProspectOps.Validation.Smtp;

/// <summary>A way to mail servers.</summary>
internal interface IMailTransport
{
    /// <summary>Its name, as results and health show it.</summary>
    string Way { get; }

    /// <exception cref="SmtpFailureException">There is no connection.</exception>
    Task<Stream> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken);
}

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Registered by <c>ConfigureFunctionsWebApplication</c>: HTTP functions refuse to start without it.</summary>
internal sealed class HttpIntegration;

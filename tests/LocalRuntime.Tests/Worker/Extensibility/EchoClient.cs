namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

public sealed record EchoClient(string Function);

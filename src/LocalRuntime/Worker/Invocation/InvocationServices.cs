using Microsoft.Extensions.DependencyInjection;

namespace ProspectOps.LocalRuntime.Worker.Invocation;

/// <summary>What every invocation needs of the host, looked up once.</summary>
internal sealed record InvocationServices(IServiceScopeFactory Scopes, TimeProvider Clock);

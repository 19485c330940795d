using Microsoft.AspNetCore.Routing.Patterns;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <param name="Methods">Upper case; empty for every verb.</param>
internal sealed record HttpRoute(FunctionDescriptor Function, RoutePattern Pattern, IReadOnlyList<string> Methods);

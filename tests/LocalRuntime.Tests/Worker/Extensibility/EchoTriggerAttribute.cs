using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EchoTriggerAttribute : TriggerBindingAttribute;

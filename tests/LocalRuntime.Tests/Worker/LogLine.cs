using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Tests.Worker;

internal sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Exception);

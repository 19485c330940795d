using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

public static class OutputFunctions
{
    public sealed record Item(int Number);

    public sealed class Answer
    {
        [HttpResult]
        public required IResult Result { get; init; }

        [QueueOutput("%OutputQueue%")]
        public object? Messages { get; init; }
    }

    public sealed class Gate
    {
        public TaskCompletionSource Opened { get; } = new();
    }

    public sealed class ByHttp
    {
        [Function("Sends")]
        public static Answer Sends([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sends/{what}")] HttpRequest request, string what) => new()
        {
            Result = Results.Text(what, statusCode: StatusCodes.Status202Accepted),
            Messages = what switch
            {
                "null" => null,
                "text" => "plain \u00fc",
                "bytes" => new byte[] { 1, 2 },
                "object" => new Item(1),
                "array" => new[] { new Item(1), new Item(2), new Item(3) },
                "texts" => new List<string> { "a", "b" },
                "dictionary" => new Dictionary<string, int> { ["a"] = 1 },
                "large" => new string('x', 70_000),
                "throws" => throw new InvalidOperationException("no"),
                _ => "other",
            },
        };
    }

    public sealed class ByQueue(Received received)
    {
        [Function("Forwards")]
        [QueueOutput("%OutputQueue%")]
        public async Task<string?> Run([QueueTrigger("%InputQueue%")] string text, CancellationToken cancellationToken)
        {
            await received.HandleAsync(text, cancellationToken);
            return text == "nothing" ? null : $"forwarded {text}";
        }
    }
}

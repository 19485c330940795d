using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace ProspectOps.LocalRuntime.Tests.Worker.Hosting;

public static class BadFunctions
{
    public sealed class Twice
    {
        [Function("Same")]
        public IResult One([HttpTrigger(AuthorizationLevel.Anonymous, Route = "one")] HttpRequest request) => Results.Ok();

        [Function("SAME")]
        public IResult Two([HttpTrigger(AuthorizationLevel.Anonymous, Route = "two")] HttpRequest request) => Results.Ok();
    }

    public sealed class Misnamed
    {
        [Function("1st")]
        public IResult Run([HttpTrigger] HttpRequest request) => Results.Ok();
    }

    public sealed class NamedHost
    {
        [Function("Host")]
        public IResult Run([HttpTrigger] HttpRequest request) => Results.Ok();
    }

    public sealed class Admin
    {
        [Function("Users")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "admin/x")] HttpRequest request) => Results.Ok();
    }

    public sealed class RuntimeName
    {
        [Function("RuntimeState")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public sealed class ReturnsObject
    {
        [Function("ReturnsObject")]
        public Task<string> Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult("");
    }

    public sealed class ReturnsNothing
    {
        [Function("ReturnsNothing")]
        public Task Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.CompletedTask;
    }

    public sealed class QueueReturnsText
    {
        [Function("QueueReturnsText")]
        public string Run([QueueTrigger("some-queue")] string text) => text;
    }

    public sealed class AsyncVoid
    {
        [Function("AsyncVoid")]
        public async void Run([QueueTrigger("some-queue")] string text) => await Task.Yield();
    }

    public sealed class BadTemplate
    {
        [Function("BadTemplate")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{a}/{a}")] HttpRequest request) => Results.Ok();
    }

    public sealed class QueryParameter
    {
        [Function("QueryParameter")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, string? page) => Results.Ok();
    }

    public sealed class UnknownTrigger
    {
        [Function("UnknownTrigger")]
        public void Run([Unknown] string text)
        {
        }
    }

    public sealed class BadQueueName
    {
        [Function("BadQueueName")]
        public void Run([QueueTrigger("bad_name")] string text)
        {
        }
    }

    public sealed class TwoQueues
    {
        [Function("OneQueue")]
        public void One([QueueTrigger("one-queue")] string text)
        {
        }

        [Function("OtherQueue")]
        public void Other([QueueTrigger("other-queue")] string text)
        {
        }
    }

    public sealed class RetriedQueue
    {
        [Function("RetriedQueue")]
        [FixedDelayRetry(2, "00:00:01")]
        public void Run([QueueTrigger("some-queue")] string text)
        {
        }
    }

    public sealed class OutputOnHttpMethod
    {
        [Function("OutputOnHttpMethod")]
        [QueueOutput("some-queue")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public sealed class OutputOfNothing
    {
        [Function("OutputOfNothing")]
        [QueueOutput("other-queue")]
        public void Run([QueueTrigger("some-queue")] string text)
        {
        }
    }

    public sealed class NoHttpResult
    {
        public sealed record Answer([property: QueueOutput("some-queue")] string Text);

        [Function("NoHttpResult")]
        public Answer Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new("");
    }

    public sealed class ForUsers
    {
        [Function("ForUsers")]
        public IResult Run([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => Results.Ok();
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class UnknownAttribute : TriggerBindingAttribute;
}

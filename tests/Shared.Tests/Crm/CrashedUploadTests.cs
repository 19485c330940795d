using System.Text.Json.Nodes;
using ProspectOps.Crm;

namespace ProspectOps.Tests.Crm;

/// <summary>A process dies at each of its calls to the store in turn; the CRM gets its result under one id, whole, all the same.</summary>
public sealed class CrashedUploadTests : IAsyncLifetime
{
    private static readonly string[] Emails = [.. Enumerable.Range(0, 12).Select(number => $"p{number}@crm-casino.example"), "no address"];

    private Loopback _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Loopback.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_it_dies_at_the_result_is_told_once(bool callArrives)
    {
        var calls = await RunAsync(0, callArrives);
        Assert.InRange(calls, 30, 200);

        for (var call = 1; call <= calls; call++)
            await RunAsync(call, callArrives);
    }

    private async Task<int> RunAsync(int diesAt, bool callArrives)
    {
        _receiver.Forget();
        await using var world = new CrmWorld();
        var crashing = new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives };
        await world.StartAsync(crashing);
        var isTaken = false;
        try
        {
            await world.PostAsync(Emails, _receiver.Url);
            isTaken = true;
            await world.DrainAsync();
        }
        catch (ProcessDiedException)
        {
            // Its messages stay hidden.
        }

        await world.StartAsync();
        // A CRM that had no answer asks again.
        if (!isTaken)
            await world.PostAsync(Emails, _receiver.Url);
        for (var sweep = 0; sweep < 6; sweep++)
        {
            await world.Process.SweepAsync();
            await world.DrainAsync();
            world.Clock.Pass(TimeSpan.FromSeconds(31));
        }

        var at = $"It died at call {diesAt}, which {(callArrives ? "arrived" : "was lost")}.";
        var upload = await world.Process.Get<CrmUploads>().GetAsync(CrmWorld.Tenant, CrmWorld.UploadId, default);
        Assert.True((upload.Status, upload.Total, upload.Done) == (CrmUploadStatus.Completed, Emails.Length, Emails.Length), $"{at} {upload}");
        Assert.True(_receiver.Received.Count is 1 or 2, $"{at} {_receiver.Received.Count} requests");
        var told = _receiver.Received.DistinctBy(request => request.Headers["webhook-id"]).ToArray();
        Assert.True(told.Length == 1, $"{at} {told.Length} ids");
        var results = JsonNode.Parse(told[0].Text)!["data"]!["results"]!.AsArray();
        Assert.True(Emails.SequenceEqual(results.Select(result => (string)result!["email"]!)), at);
        return crashing.Calls;
    }
}

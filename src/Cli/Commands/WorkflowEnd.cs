using System.Globalization;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary>What follows the end of a workflow: its deliveries, its files, its numbers.</summary>
internal sealed class WorkflowEnd(Screen screen, Interruption interruption, TimeProvider clock)
{
    // The second attempt of a delivery comes after 5 s, the third after 5 min: the second is worth a wait.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for attempts that are being made, names those that come later, and, before our platform goes, for other workflows.</summary>
    public async Task<WorkflowView> SettleAsync(Connection connection, WorkflowView workflow)
    {
        var token = interruption.Token;
        try
        {
            var until = clock.GetUtcNow() + DeliveryPatience;
            while (workflow.Deliveries is { } going && going.AreWorthWaitingFor(clock.GetUtcNow(), Soon) && clock.GetUtcNow() < until)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), token);
                workflow = await connection.Api.WorkflowAsync(workflow.Id, token);
            }
            if (connection.IsOurs)
                await WaitForOthersAsync(connection, workflow.Id, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            screen.Note("Not waiting any longer; what is left goes on with the next `./prospectops up`.");
            interruption.Rearm();
        }
        NameDeliveries(connection, workflow);
        return workflow;
    }

    /// <summary>The campaign and what was rejected, each file whole or absent.</summary>
    public async Task SaveAsync(Connection connection, WorkflowView workflow, string folder)
    {
        try
        {
            if (workflow.CampaignId is { } campaignId)
            {
                await SaveAsync($"campaigns/{Uri.EscapeDataString(campaignId)}/export?format=csv", "campaign.csv");
                await SaveAsync($"campaigns/{Uri.EscapeDataString(campaignId)}/export?format=jsonl", "campaign.jsonl");
            }
            await SaveAsync($"workflows/{Uri.EscapeDataString(workflow.Id)}/rejected?format=csv", "rejected.csv");
        }
        catch (CommandFailedException e)
        {
            throw new CommandFailedException($"{e.Message}{Environment.NewLine}The campaign itself is kept. To save its files elsewhere: ./prospectops workflows watch {workflow.Id} --out DIR");
        }
        screen.Note($"{folder}: {(workflow.CampaignId is null ? "" : "campaign.csv, campaign.jsonl, ")}rejected.csv");

        Task SaveAsync(string path, string name) => WholeFile.DownloadAsync(connection.Api, path, Path.Combine(folder, name), interruption.Token);
    }

    public void Print(WorkflowView workflow)
    {
        var table = Screen.NewTable(workflow.Id, workflow.Status);
        table.Columns[1].RightAligned();
        Row("received", workflow.Count("received"));
        Row("duplicates", workflow.Count("duplicates"));
        Row("invalid", workflow.Count("invalid"));
        foreach (var (tier, count) in workflow.ByTier)
            Row($"tier {tier}", count);
        Row("generated", workflow.Count("generated"));
        Row("delivered", workflow.Count("delivered"));
        if (workflow.Count("failed") is > 0 and var failed)
            Row("failed", failed);
        Text("cost", workflow.CostUsd.ToString("0.00## USD", CultureInfo.InvariantCulture));
        if (workflow is { CreatedAt: { } created, FinishedAt: { } finished })
            Text("seconds", (finished - created).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        screen.Out.Write(table);

        void Row(string name, long count) => Text(name, count.ToString("N0", CultureInfo.InvariantCulture));
        void Text(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }

    /// <summary>0 for completed; else 1, with the reason said.</summary>
    public int ExitCodeOf(WorkflowView workflow)
    {
        if (workflow.Status == "Completed")
            return ExitCode.Completed;
        screen.Failure($"{workflow.Id} ended as {workflow.Status}{(workflow.Error is { } error ? $": {error}" : ".")}");
        return ExitCode.Failed;
    }

    private async Task WaitForOthersAsync(Connection connection, string ownId, CancellationToken cancellationToken)
    {
        for (var told = false; await FirstOtherAsync() is { } other; told = true)
        {
            if (!told)
                screen.Dim($"Waiting for {other}, which runs here too. Ctrl-C leaves it to the next `./prospectops up`.");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        async Task<string?> FirstOtherAsync()
        {
            foreach (var status in new[] { "Running", "Pending" })
            {
                await foreach (var item in connection.Api.ListAsync($"workflows?status={status}", cancellationToken))
                {
                    if (WorkflowView.Of(item) is { IsActive: true } active && active.Id != ownId)
                        return active.Id;
                }
            }
            return null;
        }
    }

    private void NameDeliveries(Connection connection, WorkflowView workflow)
    {
        if (workflow.Deliveries is not { } deliveries)
            return;
        if (deliveries.Retrying + deliveries.Pending is > 0 and var ahead)
        {
            var next = deliveries.NextAttemptAt is { } at ? string.Create(CultureInfo.InvariantCulture, $", the next at {at.ToLocalTime():yyyy-MM-dd HH:mm:ss}") : "";
            screen.Note($"{ahead:N0} {(ahead == 1 ? "delivery has" : "deliveries have")} retries ahead{next}; {(connection.IsOurs ? "they go on with the next `./prospectops up`" : "they go on by themselves")}.");
        }
        if (deliveries.Dead > 0)
            screen.Note($"{deliveries.Dead:N0} {(deliveries.Dead == 1 ? "delivery" : "deliveries")} gave up: `./prospectops webhooks dead-letters list` says why, and `… retry-all` sends again.");
    }
}

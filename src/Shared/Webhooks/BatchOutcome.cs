namespace ProspectOps.Webhooks;

/// <summary>What answers make of a batch. Pure.</summary>
public sealed class BatchOutcome(RetrySchedule schedule)
{
    /// <summary>The batch with these answers in it, and in its effects what follows from them.</summary>
    /// <param name="results">By index in the batch.</param>
    /// <param name="now">The next attempts are counted from here.</param>
    public DeliveryBatch With(DeliveryBatch batch, IReadOnlyDictionary<int, AttemptResult> results, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(results);
        var states = batch.States.ToCharArray();
        var log = batch.Log.ToArray();
        var effects = batch.Effects ?? new AttemptEffects(batch.Turn, []);
        var dead = effects.Dead.ToList();
        var isChallenge = batch.EventType == EventTypes.EndpointChallenge;
        foreach (var (index, result) in results.OrderBy(pair => pair.Key))
        {
            var tries = log[index].Tries + 1;
            log[index] = log[index] with { Attempts = [.. log[index].Attempts, result], Tries = tries, NextAttemptAt = null, Answer = result.Answer };
            switch (schedule.After(result.Status, result.Failure, tries, result.RetryAfter, batch.Name, refusalsAreFinal: !isChallenge))
            {
                case DeliveryDecision.Delivered:
                    states[index] = DeliveryState.Delivered;
                    effects = effects with { Verifies = isChallenge };
                    break;
                case DeliveryDecision.Dead verdict:
                    states[index] = DeliveryState.Dead;
                    log[index] = log[index] with { Cause = verdict.Cause };
                    dead.Add(new DeadDelivery(index, verdict.Cause));
                    if (verdict.EndpointIsGone || isChallenge)
                        effects = effects with { Disables = verdict.EndpointIsGone ? DisabledReason.Gone : DisabledReason.Unverified };
                    break;
                case DeliveryDecision.Retry retry:
                    states[index] = DeliveryState.Retrying;
                    log[index] = log[index] with { NextAttemptAt = now + retry.Delay };
                    break;
            }
        }
        return batch with { States = new string(states), Log = log, NextAttemptAt = NextOf(states, log), Effects = effects with { Dead = dead } };
    }

    /// <summary>The batch with its open events put off; those that nobody shall wait for are said to wait.</summary>
    public static DeliveryBatch PutOff(DeliveryBatch batch, IReadOnlyCollection<int> indices, DateTimeOffset until, bool isHeld)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(indices);
        var states = batch.States.ToCharArray();
        var log = batch.Log.ToArray();
        foreach (var index in indices)
        {
            log[index] = log[index] with { NextAttemptAt = until };
            if (isHeld && states[index] == DeliveryState.Open)
                states[index] = DeliveryState.Waiting;
        }
        return batch with { States = new string(states), Log = log, NextAttemptAt = NextOf(states, log) };
    }

    /// <summary>The batch with every open event ended without a request.</summary>
    public static DeliveryBatch Ended(DeliveryBatch batch, string cause)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var effects = batch.Effects ?? new AttemptEffects(batch.Turn, []);
        var dead = effects.Dead.ToList();
        var log = batch.Log.ToArray();
        for (var index = 0; index < log.Length; index++)
        {
            if (!DeliveryState.IsOpen(batch.States[index]))
                continue;
            log[index] = log[index] with { Cause = cause, NextAttemptAt = null };
            dead.Add(new DeadDelivery(index, cause));
        }
        return batch with
        {
            States = new string([.. batch.States.Select(state => DeliveryState.IsOpen(state) ? DeliveryState.Dead : state)]),
            Log = log,
            NextAttemptAt = null,
            Effects = effects with { Dead = dead },
        };
    }

    /// <summary>The batch without the events that nobody was told of yet; those that were attempted keep their schedule.</summary>
    public static DeliveryBatch Canceled(DeliveryBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var states = batch.States.ToCharArray();
        var log = batch.Log.ToArray();
        for (var index = 0; index < log.Length; index++)
        {
            if (!DeliveryState.IsUntried(states[index]))
                continue;
            states[index] = DeliveryState.Canceled;
            log[index] = log[index] with { Cause = "the workflow was canceled", NextAttemptAt = null };
        }
        return batch with { States = new string(states), Log = log, NextAttemptAt = NextOf(states, log), Effects = batch.Effects ?? new AttemptEffects(batch.Turn, []) };
    }

    private static DateTimeOffset? NextOf(char[] states, DeliveryLog[] log)
    {
        DateTimeOffset? next = null;
        for (var index = 0; index < states.Length; index++)
        {
            if (!DeliveryState.IsOpen(states[index]))
                continue;
            if (log[index].NextAttemptAt is not { } at)
                return null;
            next = next is null || at < next ? at : next;
        }
        return next;
    }
}

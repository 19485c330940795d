namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>When an instance is to go into the queue of episodes.</summary>
internal enum QueueTurn
{
    /// <summary>It has nothing to do, or stands there already.</summary>
    No,
    Now,

    /// <summary>After a moment: more results of the same fan-out are on their way, and one commit can record them together.</summary>
    Soon,
}

namespace ProspectOps.Clay;

/// <summary>How a push goes on.</summary>
public enum ClayPushState
{
    /// <summary>There is more to do.</summary>
    More,

    /// <summary>Nothing is left.</summary>
    Done,

    /// <summary>It is suspended or canceled.</summary>
    Stopped,

    /// <summary>Clay will not take what is left.</summary>
    Refused,
}

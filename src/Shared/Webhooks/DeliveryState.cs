namespace ProspectOps.Webhooks;

/// <summary>The characters of <see cref="DeliveryBatch.States"/>.</summary>
public static class DeliveryState
{
    /// <summary>Not attempted yet.</summary>
    public const char Open = 'o';

    /// <summary>Not attempted, and held until its endpoint is verified or its maintenance window is over: nobody waits for it.</summary>
    public const char Waiting = 'w';

    /// <summary>Attempted, and to be attempted again.</summary>
    public const char Retrying = 'r';

    public const char Delivered = 'd';

    public const char Dead = 'x';

    /// <summary>Not attempted, and not to be: its workflow was canceled.</summary>
    public const char Canceled = 'c';

    public static bool IsOpen(char state) => state is Open or Waiting or Retrying;

    /// <summary>Whether no request was ever made for it, and one is still to come.</summary>
    public static bool IsUntried(char state) => state is Open or Waiting;

    /// <summary>As the API names it.</summary>
    public static string NameOf(char state) => state switch
    {
        Delivered => "delivered",
        Dead => "dead",
        Retrying => "retrying",
        Canceled => "canceled",
        _ => "pending",
    };
}

namespace ProspectOps.Content.Copy;

/// <summary>Which angle each message of a sequence takes, and when it goes out.</summary>
internal static class EmailPlan
{
    public const int Longest = 10;

    /// <summary>The template step that says goodbye; it ends every sequence of four or more.</summary>
    public const int Goodbye = 10;

    private const int ShortestWithGoodbye = 4;

    /// <summary>Days after the first message. The gaps grow, so that ten messages take nine weeks.</summary>
    private static readonly int[] Days = [0, 3, 7, 12, 18, 25, 33, 42, 52, 63];

    public static int DayOffset(int step) => Days[step - 1];

    /// <summary>The template of a step: its own, but the goodbye for the last one.</summary>
    public static int TemplateOf(int step, int steps) => step == steps && steps >= ShortestWithGoodbye ? Goodbye : step;

    /// <summary>Which of the person's pains a template is about: the sharpest first, and last, so that the goodbye comes back to the beginning.</summary>
    public static int PainTurn(int template) => template switch
    {
        2 or 5 or 8 => 1,
        3 or 7 => 2,
        _ => 0,
    };

    /// <summary>Fewest and most words of a body, greeting and closing included.</summary>
    public static (int Fewest, int Most) Words(int template) => template switch
    {
        1 => (50, 125),
        6 or 9 or Goodbye => (15, 90),
        _ => (30, 110),
    };
}
